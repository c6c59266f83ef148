/** Who reaches whom in a stack, as its networks have it: every source and every port, allowed or refused. Pure. */
import type { ProbeKinds } from '../contracts/probe-kinds.ts';
import { keyOf, neededEdges, ownerOf } from './edges.ts';
import { mayReach } from './networks.ts';
import type { Endpoint, Stack } from './stack.ts';

export interface ReachCell {
  readonly to: Endpoint;
  /** `needed`: the stack goes this way. `beside`: nothing goes this way, and a network is shared for another reason. `refused`: none is shared. */
  readonly reach: 'needed' | 'beside' | 'refused';
}

export interface ReachRow {
  /** A service, a job, or undefined for containers that untrusted code runs in. */
  readonly from: string | undefined;
  readonly cells: readonly ReachCell[];
}

type Reaching = Pick<Stack, 'nodes' | 'networks'>;

const portsOf = ({ nodes }: Reaching): readonly Endpoint[] =>
  nodes
    .flatMap((node) => (node.kind === 'service' ? [node] : []))
    .flatMap(({ name, container }) => container.listens.map((port) => ({ service: name, port })));

/** By the service behind the name: a public name is a port of the front door. */
const neededWays = ({ nodes }: Reaching, probes: ProbeKinds): ReadonlySet<string> =>
  new Set(
    neededEdges({ nodes, probes }).map(
      ({ from, to }) => `${from} ${keyOf({ service: ownerOf(to.service, nodes), port: to.port })}`,
    ),
  );

/** What strangers have to reach is what stands in their network with them. */
const ofStrangers = ({ networks }: Reaching, ports: readonly Endpoint[]): readonly ReachRow[] => {
  const open = networks.find(({ strangers }) => strangers);
  if (open === undefined) return [];
  return [
    {
      from: undefined,
      cells: ports.map((to) => ({ to, reach: open.members.includes(to.service) ? 'needed' : 'refused' })),
    },
  ];
};

/** Services and jobs in the order of the nodes, strangers last. */
export const reachTable = (stack: Reaching, probes: ProbeKinds): readonly ReachRow[] => {
  const ports = portsOf(stack);
  const needed = neededWays(stack, probes);
  const reachOf = (from: string, to: Endpoint): ReachCell['reach'] => {
    if (!mayReach(stack.networks, from, to.service)) return 'refused';
    return needed.has(`${from} ${keyOf(to)}`) ? 'needed' : 'beside';
  };
  return [
    ...stack.nodes.map(({ name }) => ({ from: name, cells: ports.map((to) => ({ to, reach: reachOf(name, to) })) })),
    ...ofStrangers(stack, ports),
  ];
};

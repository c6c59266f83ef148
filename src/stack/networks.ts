/**
 * The networks of a stack, by what they are for: two containers share one only where one of them has to reach the
 * other. Pure, and without any product: what is decided over is who has to reach whom, and what nodes say of themselves.
 *
 * | network | who is in it |
 * | --- | --- |
 * | data | what keeps the data of others, and who works with it; nothing leads out of it |
 * | back | services and jobs that work with each other |
 * | front | the doors, the services behind them, and who comes through a door from inside |
 * | ci | the doors, and the containers that untrusted code runs in |
 */
import type { ProbeKinds } from '../contracts/probe-kinds.ts';
import { neededEdges, ownerOf } from './edges.ts';
import type { NetworkPurpose, NetworkSpec, ServiceNode, StackNode } from './stack.ts';

/** In the order in which they are written. */
const PURPOSES: readonly NetworkPurpose[] = ['data', 'back', 'front', 'ci'];

/** `chatops_ci`: its real name; containers that Compose does not know join it by this. */
export const networkName = ({ name }: { readonly name: string }, purpose: NetworkPurpose): string =>
  `${name}_${purpose}`;

/** It stands for others: what comes to it is passed on. */
const isDoor = ({ readyThrough }: ServiceNode): boolean => readyThrough !== undefined;

/** The one network that carries what goes between the two. */
const carries = (...ends: readonly (ServiceNode | undefined)[]): NetworkPurpose => {
  const services = ends.filter((end) => end !== undefined);
  if (services.some(({ keepsData }) => keepsData)) return 'data';
  if (services.some(({ strangers }) => strangers === 'inside')) return 'ci';
  return services.some(isDoor) ? 'front' : 'back';
};

interface Graph {
  readonly name: string;
  readonly nodes: readonly StackNode[];
}

/** Where every node is; one without an edge stands in `back`, as it must be in some network. */
const purposesOf = ({ nodes }: Graph, probes: ProbeKinds): ReadonlyMap<string, ReadonlySet<NetworkPurpose>> => {
  const services = new Map(nodes.flatMap((node) => (node.kind === 'service' ? [[node.name, node] as const] : [])));
  const purposes = new Map(nodes.map(({ name }) => [name, new Set<NetworkPurpose>()] as const));
  for (const { from, to } of neededEdges({ nodes, probes })) {
    const owner = ownerOf(to.service, nodes);
    if (owner === from || !purposes.has(owner)) continue;
    const network = carries(services.get(from), services.get(owner));
    purposes.get(from)?.add(network);
    purposes.get(owner)?.add(network);
  }
  const open = [...services.values()].some(({ strangers }) => strangers !== undefined);
  for (const [name, of] of purposes) {
    const service = services.get(name);
    if (service && isDoor(service)) of.add('front');
    if (open && service && (isDoor(service) || service.strangers === 'inside')) of.add('ci');
    if (of.size === 0) of.add('back');
  }
  return purposes;
};

/** Those that are not empty, with their members in the order of the nodes. */
export const networksOf = (graph: Graph, probes: ProbeKinds): readonly NetworkSpec[] => {
  const purposes = purposesOf(graph, probes);
  const outside = graph.nodes.some((node) => node.kind === 'service' && node.strangers === 'beside');
  return PURPOSES.flatMap((purpose) => {
    const members = graph.nodes.flatMap(({ name }) => (purposes.get(name)?.has(purpose) ? [name] : []));
    if (members.length === 0) return [];
    const strangers = purpose === 'ci' && outside ? { strangers: true as const } : {};
    return [{ purpose, name: networkName(graph, purpose), internal: purpose === 'data', members, ...strangers }];
  });
};

/** The networks that a node is in. */
export const networksWith = (networks: readonly NetworkSpec[], node: string): readonly NetworkSpec[] =>
  networks.filter(({ members }) => members.includes(node));

/** Whether the two share one. */
export const mayReach = (networks: readonly NetworkSpec[], from: string, to: string): boolean =>
  from === to || networks.some(({ members }) => members.includes(from) && members.includes(to));

/** What was seen × what is needed → the matrix, what is broken in it, and what to do about that. Pure. */
import type { Presence } from '../contracts/engine.ts';
import type { Reached } from '../contracts/reach.ts';
import { type Edge, keyOf, ownerOf } from '../stack/edges.ts';
import { mayReach } from '../stack/networks.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { Endpoint, ServiceNode } from '../stack/stack.ts';
import { reachedInSpite } from './forbidden.ts';
import { type Broken, edgesOf, type Networked, type NetworkSeen, targetsOf } from './seen.ts';

export interface Cell {
  readonly from: string;
  readonly to: Endpoint;
  /** Undefined: nothing of the stack goes this way. */
  readonly because?: string;
  /** The two share no network: it must not be reached. */
  readonly forbidden: boolean;
  /** Undefined: its source could not be asked. */
  readonly reached?: Reached;
}

export interface NetworkDiagnosis {
  /** Services that ask: the columns. */
  readonly sources: readonly string[];
  /** Ports of services, and other names of them that are needed: the rows. */
  readonly targets: readonly Endpoint[];
  readonly cells: readonly Cell[];
  readonly needed: number;
  /** Ways that must not be there, by name and by every address. */
  readonly forbidden: number;
  /** Everything that does not hold; empty: everybody reaches whom they need, and nobody whom they must not. */
  readonly broken: readonly Broken[];
}

const UP = 'run `chatops-up up`';

const absence = (service: string, presence: Presence | undefined): Pick<Broken, 'why' | 'next'> | undefined => {
  if (presence === undefined) return { why: `${service} has no container`, next: UP };
  if (!presence.running) return { why: `${service} does not run (${presence.says})`, next: UP };
  if (presence.lacks.length === 0) return undefined;
  return {
    why: `the container of ${service} is not in the network ${presence.lacks.join(', ')}`,
    next: `run \`docker compose up -d --force-recreate ${service}\` in the stack directory`,
  };
};

const NEXT = {
  refused: 'nothing listens there (yet): `chatops-up status` says how far it is',
  'timed-out':
    'a firewall on the machine of the engine drops it, or the container is frozen: see `docker ps` and the rules of the bridge',
  'no-route': 'its container has just gone, or the network is damaged: run `chatops-up up`',
  failed: 'read the reason, then `chatops-up status`',
} as const;

const whyNot = (
  from: string,
  to: Endpoint,
  owner: string,
  reached: Exclude<Reached, { kind: 'reached' }>,
): Pick<Broken, 'why' | 'next'> => {
  if (reached.kind === 'no-name') {
    return {
      why: `nobody is called ${to.service} there (${reached.why})`,
      next: `run \`docker compose up -d --force-recreate ${owner} ${from}\` in the stack directory: that gives both their names again`,
    };
  }
  return { why: `${reached.why}, at ${reached.address}:${to.port}`, next: NEXT[reached.how] };
};

const brokenCell = (cell: Cell, { presences }: NetworkSeen, services: readonly ServiceNode[]): readonly Broken[] => {
  const { from, to, because, reached } = cell;
  if (because === undefined || reached === undefined || reached.kind === 'reached') return [];
  const owner = ownerOf(to.service, services);
  const own = whyNot(from, to, owner, reached);
  // Where either end is not there that is the cause, whatever the resolver said.
  const cause = absence(from, presences.get(from)) ?? absence(owner, presences.get(owner));
  return [{ from, to, because, ...(cause ?? own) }];
};

/** A source that could not be asked is named once, not with each of its ways. */
const silent = (source: string, { presences, answers }: NetworkSeen, edges: readonly Edge[]): readonly Broken[] => {
  const answer = answers.get(source);
  if (answer?.kind === 'asked') return [];
  const count = edges.filter(({ from }) => from === source).length;
  const because = count === 0 ? {} : { because: `${count} of its ways are needed` };
  const gone = absence(source, presences.get(source));
  if (gone) return [{ from: source, ...because, ...gone }];
  const why = `${source} could not be asked: ${answer?.why ?? 'nobody asked it'}`;
  return [
    { from: source, ...because, why, next: 'run `chatops-up up`, which also renews the probe in the containers' },
  ];
};

export const diagnose = (networked: Networked, seen: NetworkSeen): NetworkDiagnosis => {
  const services = servicesOf(networked);
  const sources = services.map(({ name }) => name).toSorted();
  const targets = targetsOf(networked);
  const edges = edgesOf(networked);
  const reasons = new Map(edges.map(({ from, to, because }) => [`${from} ${keyOf(to)}`, because]));
  const cells = sources.flatMap((from) => {
    const answer = seen.answers.get(from);
    return targets.map((to, index): Cell => {
      const because = reasons.get(`${from} ${keyOf(to)}`);
      const reached = answer?.kind === 'asked' ? answer.reached[index] : undefined;
      const forbidden = !mayReach(networked.networks, from, ownerOf(to.service, services));
      return {
        ...{ from, to, forbidden },
        ...(because === undefined ? {} : { because }),
        ...(reached === undefined ? {} : { reached }),
      };
    });
  });
  return {
    sources,
    targets,
    cells,
    needed: edges.length,
    forbidden: cells.filter((cell) => cell.forbidden).length,
    broken: [
      ...sources.flatMap((source) => silent(source, seen, edges)),
      ...cells.flatMap((cell) => brokenCell(cell, seen, services)),
      ...sources.flatMap((source) => reachedInSpite(source, networked, seen)),
    ],
  };
};

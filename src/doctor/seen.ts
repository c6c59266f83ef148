/** What is asked in a network, and what came of it. Pure. */
import type { Presence, ReachAnswer } from '../contracts/engine.ts';
import { type Edge, keyOf, neededEdges, type Questioned } from '../stack/edges.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { Endpoint, NetworkSpec } from '../stack/stack.ts';

export interface Broken {
  readonly from: string;
  /** Undefined: none of its ways could be tried. */
  readonly to?: Endpoint;
  readonly why: string;
  /** Why this way is needed. */
  readonly because?: string;
  readonly next: string;
}

export interface NetworkSeen {
  /** Service → its container; a service without one is missing. */
  readonly presences: ReadonlyMap<string, Presence>;
  /** Source → its answer, in the order of `questionsFor` it. */
  readonly answers: ReadonlyMap<string, ReachAnswer>;
}

const byKey = (a: Endpoint, b: Endpoint): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** A graph with its networks. */
export interface Networked extends Questioned {
  readonly networks: readonly NetworkSpec[];
}

/** What services need; jobs have ended when a network is looked at. */
export const edgesOf = (questioned: Questioned): readonly Edge[] => {
  const names = new Set(servicesOf(questioned).map(({ name }) => name));
  return neededEdges(questioned).filter(({ from }) => names.has(from));
};

/** What everybody is asked for: each port of each service, then names that are needed besides. */
export const targetsOf = (questioned: Questioned): readonly Endpoint[] => {
  const own = servicesOf(questioned).flatMap(({ name, container }) =>
    container.listens.map((port) => ({ service: name, port })),
  );
  const known = new Set(own.map(keyOf));
  const others = edgesOf(questioned).flatMap(({ to }) => (known.has(keyOf(to)) ? [] : [[keyOf(to), to] as const]));
  return [...own.toSorted(byKey), ...[...new Map(others).values()].toSorted(byKey)];
};

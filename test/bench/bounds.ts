/** What is promised, and whether it holds: every bound is a ratio of two medians of one run, or a part of a core. Pure. */

import type { Shape } from './bench-stack.ts';
import { median } from './programs.ts';
import type { Steady } from './steady.ts';

export interface Round {
  /** From when the graph begins to be walked, all containers made, until its last gate is open. */
  readonly gatesMs: number;
  /** The longest way through the graph of what each service takes by itself: from the request to start it until it listens. */
  readonly criticalMs: number;
  /** The whole process, from containers made to its end; then again, with nothing to do. */
  readonly oursMs: number;
  readonly oursAgainMs: number;
  /** `docker compose up -d --wait` on the same files, from the same states. */
  readonly composeMs: number;
  readonly composeAgainMs: number;
}

export interface Measured {
  readonly shapes: Readonly<Record<Shape, readonly Round[]>>;
  readonly stack?: {
    readonly again: readonly { readonly oursAgainMs: number; readonly composeAgainMs: number }[];
    readonly steady: Steady;
  };
}

export interface Verdict {
  readonly what: string;
  readonly measured: number;
  readonly against: number;
  readonly unit: 'ms' | '% of a core';
  readonly ratio: number;
  readonly bound: number;
  readonly holds: boolean;
}

const verdict = (what: string, unit: Verdict['unit'], measured: number, against: number, bound: number): Verdict => {
  const ratio = measured / against;
  // Not a number never holds.
  return { what, measured, against, unit, ratio, bound, holds: ratio <= bound };
};

const ratioOf = <R>(
  what: string,
  rounds: readonly R[],
  a: (round: R) => number,
  b: (round: R) => number,
  bound: number,
) => verdict(what, 'ms', median(rounds.map(a)), median(rounds.map(b)), bound);

const ofShape = (shape: string, rounds: readonly Round[]): readonly Verdict[] => [
  ratioOf(
    `${shape}: created to all gates open / critical path of the services`,
    rounds,
    ({ gatesMs }) => gatesMs,
    ({ criticalMs }) => criticalMs,
    1.1,
  ),
  ratioOf(
    `${shape}: up from created / docker compose up -d --wait`,
    rounds,
    ({ oursMs }) => oursMs,
    ({ composeMs }) => composeMs,
    0.5,
  ),
  ratioOf(
    `${shape}: up again / docker compose up -d --wait again`,
    rounds,
    ({ oursAgainMs }) => oursAgainMs,
    ({ composeAgainMs }) => composeAgainMs,
    0.25,
  ),
];

export const judge = ({ shapes, stack }: Measured): readonly Verdict[] => [
  ...Object.entries(shapes).flatMap(([shape, rounds]) => ofShape(shape, rounds)),
  ...(stack
    ? [
        ratioOf(
          'whole stack: up again / docker compose up -d --wait again',
          stack.again,
          ({ oursAgainMs }) => oursAgainMs,
          ({ composeAgainMs }) => composeAgainMs,
          0.25,
        ),
        verdict('whole stack: CPU of prober and all HEALTHCHECKs', '% of a core', stack.steady.total * 100, 1, 1),
      ]
    : []),
];

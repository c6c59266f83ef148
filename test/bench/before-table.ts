/** Whether this version is as fast as the one before, and the table that shows it. Pure. */
import { median } from './programs.ts';

/** Medians of few rounds on a machine that does other things too differ by that much by themselves. */
export const BOUND = 1.1;

export interface Turns {
  readonly what: string;
  /** What each round took, ms. */
  readonly now: readonly number[];
  readonly before: readonly number[];
}

export const ratioOf = ({ now, before }: Turns): number => median(now) / median(before);

/** What was not measured never holds. */
export const isAsFast = (turns: Turns): boolean => ratioOf(turns) <= BOUND;

const ms = (values: readonly number[]): string => `${Math.round(median(values))} ms`;

export const beforeRows = (all: readonly Turns[]): readonly (readonly string[])[] => [
  ['what', 'now', '0.1', 'ratio', 'bound', ''],
  ...all.map((turns) => [
    turns.what,
    ms(turns.now),
    ms(turns.before),
    ratioOf(turns).toFixed(2),
    `≤ ${BOUND}`,
    isAsFast(turns) ? 'holds' : 'MISSED',
  ]),
];

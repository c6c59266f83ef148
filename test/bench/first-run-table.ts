/** Whether a first run is as short as is promised, and the table that shows it. Pure. */
import type { Share } from './shares.ts';

/** Everything of a first run but the vendors' own boots and pulls, ms. */
export const BOUND_MS = 10_000;

export interface Round {
  readonly shares: readonly Share[];
}

export const oursMs = ({ shares }: Round): number => shares.reduce((sum, { ours, ms }) => (ours ? sum + ms : sum), 0);

export interface Verdict {
  readonly measuredMs: number;
  readonly holds: boolean;
}

/** The one in the middle, of an even number the slower one: its steps add up to what is judged. */
const middle = (rounds: readonly Round[]): Round | undefined =>
  rounds.toSorted((a, b) => oursMs(a) - oursMs(b))[Math.floor(rounds.length / 2)];

export const judgeFirstRun = (rounds: readonly Round[]): Verdict => {
  const round = middle(rounds);
  const measuredMs = round === undefined ? Number.NaN : oursMs(round);
  // Not a number never holds.
  return { measuredMs, holds: measuredMs <= BOUND_MS };
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

/** Each step of the round in the middle, the longest first. */
export const firstRunRows = (rounds: readonly Round[]): readonly (readonly string[])[] => {
  const { measuredMs, holds } = judgeFirstRun(rounds);
  const all = (middle(rounds)?.shares ?? []).toSorted((a, b) => b.ms - a.ms);
  return [
    ['step', 'took', 'of ours'],
    ...all
      .filter(({ ours }) => ours)
      .map(({ step, ms }) => [step, seconds(ms), `${((ms / measuredMs) * 100).toFixed(0)} %`]),
    ['ours together', seconds(measuredMs), `≤ ${seconds(BOUND_MS)} ${holds ? 'holds' : 'MISSED'}`],
    ...all.filter(({ ours }) => !ours).map(({ step, ms }) => [step, seconds(ms), 'not judged']),
  ];
};

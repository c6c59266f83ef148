/** Whether a first run is as short as is promised, and the table that shows it. Pure. */
import { median } from './programs.ts';
import type { Share } from './shares.ts';

/** Everything of a first run but the vendors' own boots and pulls, ms. */
export const BOUND_MS = 10_000;

export interface Round {
  readonly shares: readonly Share[];
}

export const oursMs = ({ shares }: Round): number => shares.reduce((sum, { ours, ms }) => (ours ? sum + ms : sum), 0);

export interface Verdict {
  /** Median of the rounds. */
  readonly measuredMs: number;
  readonly holds: boolean;
}

export const judgeFirstRun = (rounds: readonly Round[]): Verdict => {
  const measuredMs = median(rounds.map(oursMs));
  // Not a number never holds.
  return { measuredMs, holds: measuredMs <= BOUND_MS };
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

/** Each step with its median, the longest first; the whole is the sum of ours of each round. */
export const firstRunRows = (rounds: readonly Round[]): readonly (readonly string[])[] => {
  const { measuredMs, holds } = judgeFirstRun(rounds);
  const steps = new Map(rounds.flatMap(({ shares }) => shares.map(({ step, ours }) => [step, ours] as const)));
  const took = (step: string): number =>
    median(rounds.map(({ shares }) => shares.find((share) => share.step === step)?.ms ?? 0));
  const all = [...steps].map(([step, ours]) => ({ step, ours, ms: took(step) })).sort((a, b) => b.ms - a.ms);
  return [
    ['step', 'took', 'of ours'],
    ...all
      .filter(({ ours }) => ours)
      .map(({ step, ms }) => [step, seconds(ms), `${((ms / measuredMs) * 100).toFixed(0)} %`]),
    ['ours together', seconds(measuredMs), `≤ ${seconds(BOUND_MS)} ${holds ? 'holds' : 'MISSED'}`],
    ...all.filter(({ ours }) => !ours).map(({ step, ms }) => [step, seconds(ms), 'not judged']),
  ];
};

export const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

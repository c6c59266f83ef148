/** The judging of the benchmark, which itself takes minutes and a quiet machine. */
import { describe, expect, it } from 'vitest';
import { criticalPath } from './bench-stack.ts';
import { judge, type Round } from './bounds.ts';
import { table } from './results.ts';

const GOOD: Round = {
  gatesMs: 4_200,
  criticalMs: 4_000,
  oursMs: 5_000,
  oursAgainMs: 700,
  composeMs: 11_000,
  composeAgainMs: 3_100,
};
const missed = (rounds: readonly Round[]): readonly string[] =>
  judge({ shapes: { chain: rounds, diamond: [GOOD] } })
    .filter(({ holds }) => !holds)
    .map(({ what }) => what);

describe('the bounds of the benchmark', () => {
  it('hold for a run within them', () => {
    expect(missed([GOOD])).toEqual([]);
  });

  it.each<[string, Partial<Round>]>([
    ['critical path', { gatesMs: 4_500 }],
    ['up from created', { oursMs: 5_600 }],
    ['up again', { oursAgainMs: 800 }],
  ])('are missed each by itself: %s', (what, slow) => {
    expect(missed([{ ...GOOD, ...slow }])).toEqual([expect.stringContaining(what)]);
  });

  it('judge the median: one slow round of three is weather', () => {
    expect(missed([GOOD, { ...GOOD, gatesMs: 9_000 }, GOOD])).toEqual([]);
  });

  it('are missed by what could not be measured', () => {
    expect(missed([{ ...GOOD, criticalMs: Number.NaN }])).toHaveLength(1);
  });

  it('judge the steady state in parts of a core', () => {
    const steady = { seconds: 60, prober: 0.001, healthchecks: { bot: 0.01 }, total: 0.011, docker: 0.02 };
    const stack = { again: [{ oursAgainMs: 700, composeAgainMs: 3_100 }], steady };
    const verdicts = judge({ shapes: { chain: [GOOD], diamond: [GOOD] }, stack });
    expect(verdicts.filter(({ holds }) => !holds)).toMatchObject([{ what: expect.stringContaining('CPU'), bound: 1 }]);
    expect(table(verdicts)).toMatch(/CPU of prober and all HEALTHCHECKs +1\.10 +% of a core +1\.10 +≤ 1 +MISSED$/m);
  });
});

describe('the critical path', () => {
  const own = new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((service, index) => [service, (index + 1) * 100]));

  it('of a chain is the sum of all', () => {
    expect(criticalPath('chain', own)).toBe(2_100);
  });

  it('of a diamond is its slowest way', () => {
    expect(criticalPath('diamond', own)).toBe(100 + 300 + 500 + 600);
  });
});

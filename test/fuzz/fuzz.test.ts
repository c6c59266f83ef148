/** Thousands of texts that are not as they should be: none is a fault of ours. `npm run fuzz` takes as many as it is given. */
import { describe, expect, it } from 'vitest';
import { cases } from '../helpers/cases.ts';
import { seed } from '../helpers/random.ts';
import { caseOf, countOf, faultText, fuzz } from './fuzz.ts';
import { isForeseen, type Target } from './target.ts';
import { TARGETS } from './targets/index.ts';

const CASES = cases(20_000);

describe(`texts made by chance, seed ${seed}`, () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s: each is read, or refused with a code',
    async (_name, target) => {
      const faults = await fuzz(target, { seed, count: countOf(target, TARGETS, CASES) });
      expect(faults.map((fault) => faultText(fault, seed))).toEqual([]);
    },
  );
});

describe('the texts that others are made of', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))('can be read: %s', async (_name, { seeds, run }) => {
    const refusals: unknown[] = [];
    for (const text of seeds) await (async () => run(text))().catch((thrown: unknown) => refusals.push(thrown));
    expect(refusals.length).toBeLessThan(seeds.length);
    expect(refusals.filter((thrown) => !isForeseen(thrown))).toEqual([]);
  });
});

describe('the fuzzer', () => {
  const fragile: Target = {
    name: 'fragile',
    seeds: ['{"a":[1,2,3]}'],
    run: (text) => {
      const { a } = JSON.parse(text.startsWith('{') ? text : '{"a":[]}') as { a: readonly number[] };
      a.map((each) => each);
    },
  };

  it('finds what a reader does not foresee', async () => {
    expect(await fuzz(fragile, { seed, count: 500 })).not.toEqual([]);
  });

  it('makes the same case of the same numbers', async () => {
    const [fault] = await fuzz(fragile, { seed, count: 500 });
    expect(caseOf(fragile, seed, fault?.number ?? -1)).toBe(fault?.text);
  });

  it('shares all cases among the targets', () => {
    const total = TARGETS.reduce((sum, target) => sum + countOf(target, TARGETS, CASES), 0);
    expect(total).toBeGreaterThanOrEqual(CASES);
  });
});

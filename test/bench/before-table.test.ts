import { describe, expect, it } from 'vitest';
import { beforeRows, isAsFast } from './before-table.ts';

const turns = (now: readonly number[], before: readonly number[]) => ({ what: 'start-up', now, before });

describe('this version against the one before', () => {
  it.each([
    [[100, 110, 90], [100, 100, 100], true],
    [[109, 110, 500], [100, 100, 100], true],
    [[111, 111, 111], [100, 100, 100], false],
    [[], [100], false],
    [[100], [], false],
  ])('%j against %j is as fast: %s', (now, before, expected) => {
    expect(isAsFast(turns(now, before))).toBe(expected);
  });

  it('is shown by medians and their ratio', () => {
    expect(beforeRows([turns([120], [100])])).toEqual([
      ['what', 'now', '0.1', 'ratio', 'bound', ''],
      ['start-up', '120 ms', '100 ms', '1.20', '≤ 1.1', 'MISSED'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  digestOf,
  digestsTaken,
  isAmong,
  withCurrent,
  withoutFormer,
} from '../../../../../src/parts/relay/program/taken-secrets.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const [one, two, three] = ['one', 'two', 'three'].map(digestOf) as [string, string, string];

describe('the secrets that a relay takes', () => {
  it('are the one it was started with, and those before it for a day', () => {
    const taken = withCurrent(withCurrent([], one, 0), two, 1_000);
    expect(digestsTaken(taken, 1_000)).toEqual([two, one]);
    expect(digestsTaken(taken, 1_000 + DAY_MS)).toEqual([two]);
  });

  it('are not kept longer by further starts', () => {
    const taken = withCurrent(withCurrent(withCurrent([], one, 0), two, 0), three, DAY_MS / 2);
    expect(digestsTaken(taken, DAY_MS)).toEqual([three, two]);
  });

  it('are the same after a start with the same secret', () => {
    const taken = withCurrent(withCurrent([], one, 0), two, 0);
    expect(withCurrent(taken, two, 5)).toEqual(taken);
  });

  it('are five at most', () => {
    const taken = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].reduce(
      (before, secret) => withCurrent(before, digestOf(secret), 0),
      withCurrent([], one, 0),
    );
    expect(digestsTaken(taken, 1)).toEqual(['g', 'f', 'e', 'd', 'c'].map(digestOf));
  });

  it('are the current one alone when the former are forgotten', () => {
    expect(digestsTaken(withoutFormer(withCurrent(withCurrent([], one, 0), two, 0)), 1)).toEqual([two]);
  });

  it.each([
    ['the current one', 'two', true],
    ['a former one', 'one', true],
    ['another one', 'three', false],
    ['none', undefined, false],
    ['an empty one', '', false],
  ])('are compared with %s', (_name, given, taken) => {
    expect(isAmong(given, [two, one, digestOf('')])).toBe(taken);
  });
});

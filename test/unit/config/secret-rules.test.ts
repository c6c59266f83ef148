import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSecret, generateSecret, ONE_LINE } from '../../../src/config/secret-rules.ts';
import type { SecretKind, SecretSpec } from '../../../src/config/secrets.ts';

const check = (kind: SecretSpec['kind'], value: string) => checkSecret({ kind }, value);

/** As a part brings one: a line with a capital and a digit, of which a draw often has none. */
const BADGE: SecretKind = {
  rules: [
    ONE_LINE,
    { matches: /[A-Z]/g, otherwise: 'has no capital' },
    { matches: /[0-9]/, otherwise: 'has no digit' },
  ],
  shape: { prefix: 'badge-', alphabet: 'token', length: 5 },
};

describe('kinds of no product', () => {
  it('an opaque one is any line', () => {
    expect(check('opaque', 'glpat-routable.01.abc_def-0x9$')).toBeUndefined();
    expect(check('opaque', '')).toBe('is empty');
  });

  it('a hook secret fits into a header', () => {
    expect(check('hook-secret', 'short')).toContain('16 to 200 visible ASCII');
    expect(check('hook-secret', 'é'.repeat(20))).toContain('16 to 200 visible ASCII');
    expect(check('hook-secret', 'x'.repeat(16))).toBeUndefined();
  });
});

describe('a kind that a part brings', () => {
  it('reports the first of its rules that is broken', () => {
    expect(check(BADGE, 'x\n')).toBe('holds a line end or control character');
    expect(check(BADGE, 'x')).toBe('has no capital');
    expect(check(BADGE, 'X')).toBe('has no digit');
  });

  it('refuses an empty value without a rule of its own for it', () => {
    expect(check({ rules: [] }, '')).toBe('is empty');
  });

  it('judges every value alike, whatever flags its patterns have', () => {
    expect([1, 2, 3].map(() => check(BADGE, 'X1'))).toEqual([undefined, undefined, undefined]);
  });
});

describe('generated secrets', () => {
  it('are drawn again when a draw breaks a rule', () => {
    let drawn = 0;
    // First A, A, A, …; then A, f, 5, …
    const bytes = (count: number): Uint8Array => {
      drawn++;
      return new Uint8Array(count).map((_, index) => (drawn === 1 ? 0 : ([0, 31, 57, 62, 12][index % 5] ?? 0)));
    };
    expect(generateSecret({ kind: BADGE }, bytes)).toBe('badge-Af5-M');
    expect(drawn).toBe(2);
  });

  it('are refused rather than weak when the random source is broken', () => {
    expect(() => generateSecret({ kind: BADGE }, (count) => new Uint8Array(count))).toThrow(RangeError);
  });

  it('are not made for what only the user can know', () => {
    expect(() => generateSecret({ kind: 'opaque' }, randomBytes)).toThrow(RangeError);
  });
});

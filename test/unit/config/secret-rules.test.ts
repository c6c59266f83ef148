import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSecret, generateSecret } from '../../../src/config/secret-rules.ts';
import type { SecretKind } from '../../../src/config/secrets.ts';

const check = (kind: SecretKind, value: string) => checkSecret({ kind }, value);

describe("GitLab's rules for root's password", () => {
  it.each([
    'MyRootPass1!',
    'Example-123456',
    'xxGITLABxx',
    'devops12345',
    'superADMINuser',
    'x-admin@example.com-x',
    'anAdministratorX',
  ])('%s is refused before it can end the first start for ever', (value) => {
    expect(check('gitlab-root-password', value)).toContain('holds a word GitLab refuses');
  });

  it.each(['Xk3.vvbQ-z', 'com.com.com', 'rot-roo-adm1'])(
    '%s is accepted: parts under four letters do not count',
    (value) => {
      expect(check('gitlab-root-password', value)).toBeUndefined();
    },
  );

  it('wants at least 8 characters and at most 128', () => {
    expect(check('gitlab-root-password', 'Xk3.vvb')).toContain('shorter than the 8');
    expect(check('gitlab-root-password', 'x'.repeat(129))).toContain('longer than the 128');
  });
});

describe("Rocket.Chat's password policy", () => {
  it.each([
    ['Abcdefghij1.x', 'shorter than the 14'],
    ['abcdefghijkl1.', 'no upper-case letter'],
    ['ABCDEFGHIJKL1.', 'no lower-case letter'],
    ['Abcdefghijklm.', 'no digit'],
    ['Abcdefghijklm1', 'no special character'],
    ['Abcdefghijk_12', 'no special character'],
    ['Abcdefghaaaa1.', 'repeats a character more than 3 times'],
    ['', 'is empty'],
    ['Abcdefghijkl1.\nX', 'line end or control character'],
  ])('%j is refused', (value, why) => {
    expect(check('rocketchat-password', value)).toContain(why);
  });

  it('accepts three of a kind in a row', () => {
    expect(check('rocketchat-password', 'Abcdefghaaa1.x')).toBeUndefined();
  });
});

describe('tokens and hook secrets', () => {
  it.each(['glpat-0123456789abc', 'glpat-0123456789abcde', 'glpat-0123456789ab d', ''])(
    'a preset token that is not exactly 20 good characters is refused: %j',
    (value) => {
      expect(check('gitlab-preset-token', value)).toBeDefined();
    },
  );

  it('a preset token may have any prefix', () => {
    expect(check('gitlab-preset-token', 'acme_0123456789-abcd')).toBeUndefined();
  });

  it('a token of an existing GitLab is opaque', () => {
    expect(check('opaque', 'glpat-routable.01.abc_def-0x9$')).toBeUndefined();
    expect(check('opaque', '')).toBe('is empty');
  });

  it('a key of MongoDB is base64, as long as mongod takes it', () => {
    expect(check('mongo-key', 'x'.repeat(31))).toContain('32 to 1,024 characters of base64');
    expect(check('mongo-key', 'x'.repeat(1_025))).toContain('32 to 1,024 characters of base64');
    expect(check('mongo-key', `${'x'.repeat(40)}-`)).toContain('32 to 1,024 characters of base64');
    expect(check('mongo-key', `${'+/x0'.repeat(10)}x==`)).toBeUndefined();
  });

  it('a password of MongoDB can stand in a connection string as it is', () => {
    expect(check('mongo-password', 'a@b:c/d-and-more')).toContain('12 to 200 characters');
    expect(check('mongo-password', 'short')).toContain('12 to 200 characters');
    expect(check('mongo-password', 'long-enough_1.2~3')).toBeUndefined();
  });

  it('a hook secret fits into a header', () => {
    expect(check('hook-secret', 'short')).toContain('16 to 200 visible ASCII');
    expect(check('hook-secret', 'é'.repeat(20))).toContain('16 to 200 visible ASCII');
    expect(check('hook-secret', 'x'.repeat(16))).toBeUndefined();
  });
});

describe('generated secrets', () => {
  it('are drawn again when a draw breaks a rule', () => {
    let drawn = 0;
    // First A, A, A, …; then A, f, k, …, with a digit and a dash among them.
    const bytes = (count: number): Uint8Array => {
      drawn++;
      return new Uint8Array(count).map((_, index) => (drawn === 1 ? 0 : ([0, 31, 57, 62, 12][index % 5] ?? 0)));
    };
    const value = generateSecret({ kind: 'rocketchat-password' }, bytes);
    expect(drawn).toBe(2);
    expect(check('rocketchat-password', value)).toBeUndefined();
  });

  it('are refused rather than weak when the random source is broken', () => {
    expect(() => generateSecret({ kind: 'rocketchat-password' }, (count) => new Uint8Array(count))).toThrow(RangeError);
  });

  it('are not made for what only a user can know', () => {
    expect(() => generateSecret({ kind: 'opaque' }, randomBytes)).toThrow(RangeError);
  });
});

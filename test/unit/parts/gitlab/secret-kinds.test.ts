import { describe, expect, it } from 'vitest';
import { checkSecret } from '../../../../src/config/secret-rules.ts';
import { PRESET_TOKEN, ROOT_PASSWORD } from '../../../../src/parts/gitlab/secret-kinds.ts';

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
    expect(checkSecret({ kind: ROOT_PASSWORD }, value)).toContain('holds a word GitLab refuses');
  });

  it.each(['Xk3.vvbQ-z', 'com.com.com', 'rot-roo-adm1'])(
    '%s is accepted: parts under four letters do not count',
    (value) => {
      expect(checkSecret({ kind: ROOT_PASSWORD }, value)).toBeUndefined();
    },
  );

  it('wants at least 8 characters and at most 128', () => {
    expect(checkSecret({ kind: ROOT_PASSWORD }, 'Xk3.vvb')).toContain('shorter than the 8');
    expect(checkSecret({ kind: ROOT_PASSWORD }, 'x'.repeat(129))).toContain('longer than the 128');
  });
});

describe('a preset token', () => {
  it.each(['glpat-0123456789abc', 'glpat-0123456789abcde', 'glpat-0123456789ab d', ''])(
    'a preset token that is not exactly 20 good characters is refused: %j',
    (value) => {
      expect(checkSecret({ kind: PRESET_TOKEN }, value)).toBeDefined();
    },
  );

  it('a preset token may have any prefix', () => {
    expect(checkSecret({ kind: PRESET_TOKEN }, 'acme_0123456789-abcd')).toBeUndefined();
  });
});

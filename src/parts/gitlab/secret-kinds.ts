import { ONE_LINE } from '../../config/secret-rules.ts';
import type { SecretKind } from '../../config/secrets.ts';
import { isWidelyUsed } from './weak-passwords.ts';

/**
 * A refusal ends GitLab's first start, and its container starts again for ever. The words are those of
 * lib/security/weak_passwords.rb, and of the name, user name and e-mail address that db/fixtures/production/003_admin.rb
 * gives the first administrator: the whole, each side of the @ and each word, where they have 4 letters or more. Those
 * that hold another one of them (Administrator, example.com) need not be looked for. It refuses a list of digests, too
 * (config/weak_password_digests.yml); ours is another one, of the same passwords mostly.
 */
export const ROOT_PASSWORD: SecretKind = {
  rules: [
    ONE_LINE,
    { matches: /^.{8}/u, otherwise: 'is shorter than the 8 characters that GitLab demands' },
    { matches: /^.{0,128}$/, otherwise: 'is longer than the 128 characters that GitLab keeps' },
    {
      matches: /^(?!.*(?:gitlab|devops|root|admin|example))/i,
      otherwise:
        'holds a word GitLab refuses: gitlab, devops, or 4 letters or more of Administrator, root, admin@example.com',
    },
    {
      matches: { [Symbol.search]: (password) => (isWidelyUsed(password) ? -1 : 0) },
      otherwise: 'is one that everybody tries first, which GitLab refuses: take a long one of your own',
    },
  ],
  shape: { alphabet: 'password', length: 24 },
};

/** GitLab's documentation asks for exactly 20 characters of a preset token. */
export const PRESET_TOKEN: SecretKind = {
  rules: [{ matches: /^[A-Za-z0-9_-]{20}$/, otherwise: 'is not exactly 20 characters of A-Z, a-z, 0-9, _ and -' }],
  shape: { prefix: 'glpat-', alphabet: 'token', length: 14 },
};

import { ONE_LINE } from '../../config/secret-rules.ts';
import type { SecretKind } from '../../config/secrets.ts';

/**
 * Accounts_Password_Policy_* as on by default since Rocket.Chat 8.1.0. They bind changes, not the first password,
 * but an account whose password cannot be set again is a trap for later.
 */
export const CHAT_PASSWORD: SecretKind = {
  rules: [
    ONE_LINE,
    { matches: /^.{14}/, otherwise: 'is shorter than the 14 characters that Rocket.Chat demands' },
    { matches: /[A-Z]/, otherwise: 'has no upper-case letter, which Rocket.Chat demands' },
    { matches: /[a-z]/, otherwise: 'has no lower-case letter, which Rocket.Chat demands' },
    { matches: /[0-9]/, otherwise: 'has no digit, which Rocket.Chat demands' },
    { matches: /[^A-Za-z0-9_\s]/, otherwise: 'has no special character, which Rocket.Chat demands' },
    { matches: /^(?!.*(.)\1{3})/, otherwise: 'repeats a character more than 3 times, which Rocket.Chat refuses' },
  ],
  // 24 characters are 144 bits, less than one bit of it lost to the rules.
  shape: { alphabet: 'password', length: 24 },
};

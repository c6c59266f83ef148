/**
 * What the programs that read a secret demand of it, and secrets that obey.
 * No message ever holds the value, nor the part of it that broke a rule.
 */
import type { SecretKind, SecretSpec } from './secrets.ts';

/** Undefined: the value is good. */
type SecretRule = (value: string) => string | undefined;

/** What is wrong with the value of a secret, completing "CHATOPS_… …"; undefined when nothing is. */
export const checkSecret = (spec: Pick<SecretSpec, 'kind'>, value: string): string | undefined => {
  for (const rule of RULES[spec.kind]) {
    const wrong = rule(value);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

const demand =
  (holds: (value: string) => boolean, wrong: string): SecretRule =>
  (value) =>
    holds(value) ? undefined : wrong;

const oneLine = demand((value) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value), 'holds a line end or control character');
const notEmpty = demand((value) => value !== '', 'is empty');

/**
 * Accounts_Password_Policy_* as on by default since Rocket.Chat 8.1.0. They bind changes, not the first password,
 * but an account whose password cannot be set again is a trap for later.
 */
const ROCKETCHAT: readonly SecretRule[] = [
  demand((value) => value.length >= 14, 'is shorter than the 14 characters that Rocket.Chat demands'),
  demand((value) => /[A-Z]/.test(value), 'has no upper-case letter, which Rocket.Chat demands'),
  demand((value) => /[a-z]/.test(value), 'has no lower-case letter, which Rocket.Chat demands'),
  demand((value) => /[0-9]/.test(value), 'has no digit, which Rocket.Chat demands'),
  demand((value) => /[^A-Za-z0-9_\s]/.test(value), 'has no special character, which Rocket.Chat demands'),
  demand((value) => !/(.)\1{3}/s.test(value), 'repeats a character more than 3 times, which Rocket.Chat refuses'),
];

/** Name, user name and e-mail address of GitLab's first administrator (db/fixtures/production/003_admin.rb). */
const GITLAB_ROOT = ['Administrator', 'root', 'admin@example.com'];
/** lib/security/weak_passwords.rb. */
const GITLAB_WORDS = ['gitlab', 'devops'];
const SHORTEST_PART = 4;

/** The whole, each side of the @, and each word of it; short ones do not count. */
const parts = (text: string): readonly string[] =>
  [text, ...text.split('@'), ...text.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length >= SHORTEST_PART);

const GITLAB_FORBIDDEN = [...GITLAB_WORDS, ...GITLAB_ROOT.flatMap(parts)].map((part) => part.toLowerCase());

/** A refusal ends GitLab's first start, and its container starts again for ever. */
const GITLAB: readonly SecretRule[] = [
  demand((value) => [...value].length >= 8, 'is shorter than the 8 characters that GitLab demands'),
  demand((value) => value.length <= 128, 'is longer than the 128 characters that GitLab keeps'),
  demand(
    (value) => !GITLAB_FORBIDDEN.some((part) => value.toLowerCase().includes(part)),
    `holds a word GitLab refuses: ${GITLAB_WORDS.join(', ')}, or 4 letters or more of ${GITLAB_ROOT.join(', ')}`,
  ),
];

const RULES: Readonly<Record<SecretKind, readonly SecretRule[]>> = {
  'rocketchat-password': [notEmpty, oneLine, ...ROCKETCHAT],
  'gitlab-root-password': [notEmpty, oneLine, ...GITLAB],
  // GitLab's documentation asks for exactly 20 characters of a preset token.
  'gitlab-preset-token': [
    notEmpty,
    demand((value) => /^[A-Za-z0-9_-]{20}$/.test(value), 'is not exactly 20 characters of A-Z, a-z, 0-9, _ and -'),
  ],
  // It travels as an HTTP header.
  'hook-secret': [
    notEmpty,
    demand((value) => /^[\x21-\x7e]{16,200}$/.test(value), 'is not 16 to 200 visible ASCII characters'),
  ],
  // MongoDB manual, "Self-Managed Internal/Membership Authentication": 6 to 1,024 characters of base64.
  'mongo-key': [
    notEmpty,
    demand((value) => /^(?=.{32,1024}$)[A-Za-z0-9+/]+={0,2}$/.test(value), 'is not 32 to 1,024 characters of base64'),
  ],
  // It stands in a connection string, where everything else would have to be percent-encoded.
  'mongo-password': [
    notEmpty,
    demand(
      (value) => /^[A-Za-z0-9._~-]{12,200}$/.test(value),
      'is not 12 to 200 characters of A-Z, a-z, 0-9, ., _, ~ and -',
    ),
  ],
  // Tokens of others may have any prefix and length.
  opaque: [notEmpty, oneLine],
};

/** A number of random bytes, e.g. `crypto.randomBytes`. */
export type RandomBytes = (count: number) => Uint8Array;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 64 characters, so that six bits of a byte choose one without favour; safe in .env, YAML, URLs, headers and shells. */
const PASSWORD_ALPHABET = `${LETTERS}0123456789-.`;
const BASE64_ALPHABET = `${LETTERS}0123456789+/`;
const TOKEN_ALPHABET = `${LETTERS}0123456789-_`;

const SHAPES: Readonly<Record<Exclude<SecretKind, 'opaque'>, { prefix: string; alphabet: string; length: number }>> = {
  // 24 characters are 144 bits, less than one bit of it lost to the rules.
  'rocketchat-password': { prefix: '', alphabet: PASSWORD_ALPHABET, length: 24 },
  'gitlab-root-password': { prefix: '', alphabet: PASSWORD_ALPHABET, length: 24 },
  'gitlab-preset-token': { prefix: 'glpat-', alphabet: TOKEN_ALPHABET, length: 14 },
  'hook-secret': { prefix: '', alphabet: PASSWORD_ALPHABET, length: 32 },
  'mongo-key': { prefix: '', alphabet: BASE64_ALPHABET, length: 96 },
  'mongo-password': { prefix: '', alphabet: PASSWORD_ALPHABET, length: 32 },
};

/** A draw breaks a rule about once in four times (no digit, no special character); this many in a row never. */
const MOST_DRAWS = 1000;

/**
 * A strong value that passes the spec's rules; drawn again when a draw does not.
 * @throws RangeError for a secret only a person can know, or when the random source is broken (always the same bytes).
 */
export const generateSecret = (spec: Pick<SecretSpec, 'kind'>, randomBytes: RandomBytes): string => {
  if (spec.kind === 'opaque') throw new RangeError('a secret that only a person can know is not generated');
  const shape = SHAPES[spec.kind];
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const drawn = [...randomBytes(shape.length)].map((byte) => shape.alphabet[byte & 63]).join('');
    const value = `${shape.prefix}${drawn}`;
    // A first letter keeps it from looking like an option, a number or YAML syntax.
    if (/^[A-Za-z]/.test(value) && checkSecret(spec, value) === undefined) return value;
  }
  throw new RangeError('the random source gives no usable bytes');
};

/**
 * Secrets checked against the rules of their kind, and secrets that obey them; kinds of products are those of their parts.
 * No message ever holds the value, nor the part of it that broke a rule.
 */
import type { NeutralKind, SecretKind, SecretRule, SecretShape, SecretSpec } from './secrets.ts';

const NOT_EMPTY: SecretRule = { matches: /[\s\S]/, otherwise: 'is empty' };

/** For kinds whose other rules leave line ends in. */
export const ONE_LINE: SecretRule = {
  matches: /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u,
  otherwise: 'holds a line end or control character',
};

const NEUTRAL: Readonly<Record<NeutralKind, SecretKind>> = {
  // Tokens of others may have any prefix and length.
  opaque: { rules: [ONE_LINE] },
  // It travels as an HTTP header.
  'hook-secret': {
    rules: [{ matches: /^[\x21-\x7e]{16,200}$/, otherwise: 'is not 16 to 200 visible ASCII characters' }],
    shape: { alphabet: 'password', length: 32 },
  },
};

const kindOf = ({ kind }: Pick<SecretSpec, 'kind'>): SecretKind => (typeof kind === 'string' ? NEUTRAL[kind] : kind);

/** `search`, as it begins anew whatever flags a pattern has. */
const obeys = (value: string, { matches }: SecretRule): boolean => value.search(matches) !== -1;

/** What is wrong with the value of a secret, completing "CHATOPS_… …"; undefined when nothing is. */
export const checkSecret = (spec: Pick<SecretSpec, 'kind'>, value: string): string | undefined =>
  [NOT_EMPTY, ...kindOf(spec).rules].find((rule) => !obeys(value, rule))?.otherwise;

/** A number of random bytes, e.g. `crypto.randomBytes`. */
export type RandomBytes = (count: number) => Uint8Array;

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 64 characters each, so that six bits of a byte choose one without favour. */
const ALPHABETS: Readonly<Record<SecretShape['alphabet'], string>> = {
  password: `${LETTERS_AND_DIGITS}-.`,
  base64: `${LETTERS_AND_DIGITS}+/`,
  token: `${LETTERS_AND_DIGITS}-_`,
};

/** A draw breaks a rule about once in four times (no digit, no special character); this many in a row never. */
const MOST_DRAWS = 1000;

/**
 * A strong value that passes the spec's rules; drawn again when a draw does not.
 * @throws RangeError for a secret only the user can know, or when the random source is broken (always the same bytes).
 */
export const generateSecret = (spec: Pick<SecretSpec, 'kind'>, randomBytes: RandomBytes): string => {
  const { shape } = kindOf(spec);
  if (shape === undefined) throw new RangeError('a secret that only the user can know is not generated');
  const { prefix = '', length } = shape;
  const alphabet = ALPHABETS[shape.alphabet];
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const drawn = [...randomBytes(length)].map((byte) => alphabet[byte & 63]).join('');
    const value = `${prefix}${drawn}`;
    // A first letter keeps it from looking like an option, a number or YAML syntax.
    if (/^[A-Za-z]/.test(value) && checkSecret(spec, value) === undefined) return value;
  }
  throw new RangeError('the random source gives no usable bytes');
};

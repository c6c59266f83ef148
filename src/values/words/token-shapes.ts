/**
 * Tokens that nobody made known to us, known by where they stand or how they begin: a session of a server, a token in an
 * address. Pure, and a second time nothing is left to do.
 */

const MARK = '‹token›';
/** Long enough that no word is taken for one. */
const TOKEN = '[\\w+/=.~%-]{12,}';
/** Also inside a text of JSON. A backslash that stands before no quote begins an escape, and is not parted from it. */
const QUOTE = '(?:\\\\*")?';

/** Headers, also as keys of a document: `x-auth-token: …`, `\"private-token\":\"…`. */
const HEADER = new RegExp(
  `((?:private|job|deploy|csrf|x(?:-[a-z]+)*)-(?:token|key|secret)${QUOTE}\\s*[:=]\\s*${QUOTE})${TOKEN}`,
  'gi',
);
const CREDENTIALS = new RegExp(
  `(authorization${QUOTE}\\s*[:=]\\s*${QUOTE}(?:(?:bearer|basic|token)\\s+)?)${TOKEN}`,
  'gi',
);
/** Fields and parameters: `?private_token=…`, `"authToken":"…`. */
const FIELD = new RegExp(
  `((?:private|access|refresh|job|auth|registration|feed|rss)_?token${QUOTE}\\s*[:=]\\s*${QUOTE})${TOKEN}`,
  'gi',
);
/** `glpat-`, `glrt-` and their kin, as their forge's documentation lists the prefixes of tokens (release 18). */
const PREFIXED = /\bgl[a-z]{1,8}-[\w.-]{14,}/g;
/** Tokens of hooks of ours. */
const OF_HOOKS = /\bchatops-hook-[\w-]{14,}/g;
const IN_ADDRESS = /(:\/\/[^\s/:@"'‹]*:)[^\s/@"'‹›]+(?=@)/g;

export const withoutTokens = (text: string): string =>
  text
    .replace(HEADER, `$1${MARK}`)
    .replace(CREDENTIALS, `$1${MARK}`)
    .replace(FIELD, `$1${MARK}`)
    .replace(PREFIXED, MARK)
    .replace(OF_HOOKS, MARK)
    .replace(IN_ADDRESS, `$1${MARK}`);

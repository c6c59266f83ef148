/** The user's text in messages and excerpts: on one line, short, and without what may be a secret. */

const LONGEST_VALUE = 60;
const LONGEST_LINE = 100;

const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const looksSecret = (key: string): boolean => /passw|secret|token|credential|api_?key/i.test(key);

const hideSecrets = (line: string): string =>
  line
    .replace(/([\w-]*(?:passw|secret|token|credential|api_?key)[\w-]*["']?\s*[:=]\s*)\S.*$/i, '$1[hidden]')
    .replaceAll(/(:\/\/)[^\s/@]+@/g, '$1[hidden]@')
    .replaceAll(/\bgl[a-z]+-[\w-]{6,}/g, '[hidden]');

/** A value as named in a message, e.g. `ops` in backticks. */
export const show = (value: unknown): string => {
  const text = hideSecrets(printable(String(value)));
  return `\`${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text}\``;
};

/**
 * The line with its number and a pointer under the place:
 *
 *     12 |   members: [alise]
 *        |             ^^^^^
 */
export const excerpt = (line: string, number: number, column: number, length: number): string => {
  const from = line.length <= LONGEST_LINE ? 0 : Math.max(0, column - 1 - 30);
  const shown = [...line.slice(from, from + LONGEST_LINE)].map(oneWide).join('');
  const hidden = hideSecrets(shown);
  const start = Math.min(column - 1 - from, hidden.length);
  const pointer = '^'.repeat(Math.max(1, Math.min(length, hidden.length - start)));
  const margin = ' '.repeat(String(number).length);
  return `  ${number} | ${hidden}\n  ${margin} | ${' '.repeat(start)}${pointer}`;
};

const oneWide = (character: string): string => (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(character) ? ' ' : character);

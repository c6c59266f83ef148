/** Marks the cut. */
export const MORE = '…';

/** Control characters, invisible ones, and those that turn the direction of writing. U+200D stays: emoji need it. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

/**
 * Tokens of GitLab by their prefixes (doc/security/tokens/_index.md, "Token prefixes"), also behind one that an instance
 * puts before them, and by the parameters that carry them: nobody pastes one on purpose.
 */
const TOKENS = /(?:chatops-hook|gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct))-[\w.-]{14,}/g;
const PARAMETERS = /((?:private|job|access|feed|rss)[_-]token["']?\s*[=:]\s*["']?)[^\s"'&]+/gi;
export const BLANKED = '•••';

/** The text without GitLab's tokens. */
export const withoutTokens = (text: string): string =>
  text.replace(TOKENS, BLANKED).replace(PARAMETERS, `$1${BLANKED}`);

const isHalf = (char: string): boolean => /^[\ud800-\udfff]$/.test(char);

/** One line of at most `limit` characters (code points), without anything that is not seen, and without GitLab's tokens. */
export const clean = (value: string, limit: number): string => {
  // A text of megabytes is cut before anything looks at it; spaces and hidden characters may be many.
  const line = withoutTokens(
    value
      .slice(0, limit * 8 + 64)
      .replace(HIDDEN, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const chars = Array.from(line, (char) => (isHalf(char) ? '\ufffd' : char));
  return chars.length > limit
    ? `${chars
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}${MORE}`
    : chars.join('');
};

/** Lines of a text with line feeds of any system; of a very long text the first ones. */
export const linesOf = (value: string): readonly string[] => value.slice(0, 20_000).split(/\r\n?|\n/);

/** The first line that says anything. */
export const firstLine = (value: string): string => linesOf(value).find((line) => line.trim() !== '') ?? '';

/** How long each kind of text may become, in characters. */
export const LIMITS = { name: 60, title: 120, ref: 100, path: 120, quote: 400, status: 40 } as const;

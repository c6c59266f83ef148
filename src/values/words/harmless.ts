/**
 * What steers a terminal, or makes a text read other than it is, shown by its number: `\x1b`, `\u202e`. Pure, and a
 * second time nothing is left to do.
 */

/**
 * C0 but the line feed, delete and C1 (Unicode: Cc); bidirectional controls, zero-width and other unseen characters
 * (most of Cf, and the two separators of lines), by Unicode 16.
 */
const UNSEEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Joins the parts of one picture, as in a family or a profession. */
const JOINER = '\u200d';
const PICTURE_BEFORE = /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]{0,2}$/u;
const PICTURE_AFTER = /^\p{Extended_Pictographic}/u;
/** Longest of what PICTURE_BEFORE looks at, in UTF-16 units. */
const PICTURE_UNITS = 6;

const joinsPictures = (text: string, at: number): boolean =>
  PICTURE_BEFORE.test(text.slice(Math.max(0, at - PICTURE_UNITS), at)) &&
  PICTURE_AFTER.test(text.slice(at + 1, at + 1 + PICTURE_UNITS));

/** A form that may also stand inside a text of JSON, where none of C0 stands as it is. */
const numbered = (char: string): string => {
  const code = char.charCodeAt(0);
  if (code < 0x20) return `\\x${code.toString(16).padStart(2, '0')}`;
  return [...Array(char.length).keys()]
    .map((unit) => `\\u${char.charCodeAt(unit).toString(16).padStart(4, '0')}`)
    .join('');
};

/** A tab becomes spaces, the end of a line a line feed, everything else unseen its number. */
export const harmless = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(UNSEEN, (char, at: number, whole: string) => {
    if (char === '\t') return '    ';
    return char === JOINER && joinsPictures(whole, at) ? char : numbered(char);
  });

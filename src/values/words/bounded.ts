/** Texts from outside are no longer than somebody reads. Pure, and a second time nothing is left to do. */

/** How a cut is shown; what hides secrets knows it. */
export const CUT = '…';

/** Longest text of a document, in UTF-16 units. */
export const LONGEST_TEXT = 8_000;
/**
 * Longest line. A text of LONGEST_TEXT may double when it is written as JSON, and has a key before it: no line of a
 * document that is made from such texts is cut.
 */
export const LONGEST_LINE = 20_000;
/** What the mark of a secret may take where it stands for the last few characters before a cut. */
const ROOM = 200;
/** The first half of a character that takes two units. */
const HALF = /[\ud800-\udbff]$/;

/** @param longest in UTF-16 units, more than 400 */
export const bounded = (text: string, longest: number = LONGEST_TEXT): string =>
  text.length > longest ? `${text.slice(0, longest - ROOM).replace(HALF, '')}${CUT}` : text;

const isDocument = (line: string): boolean => {
  if (!/^\s*[{[]/.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** Lines that are a document by themselves are bounded inside, by `inside`. */
export const boundedLines = (text: string, inside: (document: string) => string): string =>
  text.length <= LONGEST_LINE
    ? text
    : text
        .split('\n')
        .map((line) => {
          if (line.length <= LONGEST_LINE) return line;
          return isDocument(line) ? inside(line) : bounded(line, LONGEST_LINE);
        })
        .join('\n');

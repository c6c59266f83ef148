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

/** @param isWhole whether a line is left as it is: a document, whose texts are bounded each */
export const boundedLines = (text: string, isWhole: (line: string) => boolean): string =>
  text.length <= LONGEST_LINE
    ? text
    : text
        .split('\n')
        .map((line) => (line.length <= LONGEST_LINE || isWhole(line) ? line : bounded(line, LONGEST_LINE)))
        .join('\n');

/** A longer text from outside, quoted as it was written: line by line, without what its author did not mean to show. */
import { clean, LIMITS, linesOf, MORE } from './clean.ts';
import { code, type Line, outside, QUOTE, words } from './message.ts';
import { text } from './read.ts';

const LINES = 8;

/** What a template says to those who fill it in; GitLab shows it to nobody. An opened one hides all that follows. */
const withoutComments = (value: string): string => value.replace(/<!--[\s\S]*?(?:-->|$)/g, '');

const isFence = (line: string): boolean => /^\s*(?:```|~~~)/.test(line);

interface Quoted {
  readonly lines: readonly Line[];
  readonly left: number;
  readonly inCode: boolean;
  readonly isCut: boolean;
}

const START: Quoted = { lines: [], left: LIMITS.quote, inCode: false, isCut: false };

const withLine = (quoted: Quoted, line: string): Quoted => {
  if (quoted.isCut) return quoted;
  if (isFence(line)) return { ...quoted, inCode: !quoted.inCode };
  const whole = clean(line, quoted.left + 1);
  if (whole === '') return quoted;
  if (quoted.lines.length === LINES || quoted.left === 0) return { ...quoted, isCut: true };
  const shown = clean(line, quoted.left);
  const piece = quoted.inCode ? code(shown) : outside(shown);
  const left = quoted.left - Array.from(shown).length;
  // What was cut says so itself.
  return { ...quoted, lines: [...quoted.lines, [words(QUOTE), piece]], left, isCut: shown !== whole };
};

/** Quoted lines, a blank one between paragraphs left out; none when the text says nothing. */
export const quote = (value: unknown): readonly Line[] => {
  const all = linesOf(withoutComments(text(value).slice(0, 20_000)));
  const { lines, isCut, left } = all.reduce(withLine, START);
  return isCut && left > 0 ? [...lines, [words(QUOTE), words(MORE)]] : lines;
};

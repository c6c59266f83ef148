/** Whole lines out of a stream of chunks. */

/** Longest line that is kept; a question or an event has some hundred bytes. */
const LONGEST_LINE = 1_048_576;

/** @returns a function to feed with chunks; `onLine` is called with every whole line that is not empty */
export const splitLines = (onLine: (line: string) => void): ((chunk: string) => void) => {
  let rest = '';
  return (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) rest = '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
};

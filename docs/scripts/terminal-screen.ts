/**
 * What stands on a terminal at the end of its output: the few control sequences that our live display writes (listr2 9 over
 * a pseudo terminal), and no other; an unknown one is an error, so that a recording never shows something made up.
 */
export interface Piece {
  readonly text: string;
  readonly look: 'plain' | 'dim' | 'green' | 'yellow' | 'red';
}
export type Line = readonly Piece[];

const LOOKS: Readonly<Record<string, Piece['look']>> = {
  '0': 'plain',
  '2': 'dim',
  '22': 'plain',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
  '39': 'plain',
};

// Escape [ parameters final, or a line break, or a return to the margin, or text.
const PARTS = /\x1b\[([?0-9;]*)([A-Za-z])|(\r?\n)|(\r)|([^\x1b\r\n]+)/g;

/** @throws Error at a control sequence that is not known here */
export const screenOf = (output: string): readonly Line[] => {
  const lines: Piece[][] = [[]];
  let at = 0;
  let look: Piece['look'] = 'plain';
  const control = (parameters: string, final: string): void => {
    if (final === 'm') look = LOOKS[parameters] ?? unknown(`${parameters}m`);
    else if (final === 'A') at = Math.max(0, at - Number(parameters || 1));
    else if (final === 'K') lines[at] = [];
    else if (final === 'G') return;
    else if (!parameters.startsWith('?25')) unknown(`${parameters}${final}`);
  };
  let read = 0;
  for (const { 0: all, index, 1: parameters, 2: final, 3: lineBreak, 5: text } of output.matchAll(PARTS)) {
    if (index !== read) unknown(output.slice(read, index));
    read = index + all.length;
    if (final !== undefined) control(parameters ?? '', final);
    else if (lineBreak !== undefined) {
      at += 1;
      lines[at] ??= [];
    } else if (text !== undefined) lines[at]?.push({ text, look });
  }
  return lines;
};

const unknown = (sequence: string): never => {
  throw new Error(`a control sequence that is not known: ${JSON.stringify(sequence)}`);
};

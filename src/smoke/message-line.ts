import { plainText } from '../simulate/show-message.ts';

const SHOWN = 120;

/** The first line of a message, cut, for an answer. */
export const showsOneLine = (text: string): string => {
  const [line = ''] = plainText(text, 'labels').split('\n');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

import { type Line, outside, type Piece, words } from './message.ts';

export type FilledIn = Piece | Line | string;

const asLine = (part: FilledIn): Line => {
  if (typeof part === 'string') return part === '' ? [] : [outside(part)];
  return 'kind' in part ? [part] : part;
};

/** `{who} pushed to {branch}` and its parts → pieces; a part that is a bare text comes from outside. */
export const fill = (template: string, parts: Readonly<Record<string, FilledIn>>): Line =>
  template.split(/(\{\w+\})/).flatMap((bit): Line => {
    if (bit === '') return [];
    const part = /^\{\w+\}$/.test(bit) ? parts[bit.slice(1, -1)] : undefined;
    return part === undefined ? [words(bit)] : asLine(part);
  });

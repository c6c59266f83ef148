/** Hand-written texts that the renderers build upon; they stand beside the committed renderings as `*.base.*`. */
import type { Pieces } from '../contracts/renderer.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

/** @param path from the project's root @throws ChatopsError INTERNAL: its part does not list it among its pieces */
export const pieceOf = (pieces: Pieces, path: string): string => {
  const found = pieces[path];
  if (found === undefined) throw new ChatopsError('INTERNAL', { what: `the hand-written piece ${path} was not read` });
  return found;
};

/** The text with every `{{name}}` replaced. @throws ChatopsError INTERNAL when a placeholder and the values differ */
export const fillPiece = (text: string, values: Readonly<Record<string, string>>): string => {
  const unused = new Set(Object.keys(values));
  const filled = text.replace(/\{\{([a-z]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new ChatopsError('INTERNAL', { what: `a hand-written piece names {{${name}}}` });
    unused.delete(name);
    return value;
  });
  if (unused.size > 0) {
    throw new ChatopsError('INTERNAL', { what: `a hand-written piece lacks {{${[...unused].join('}}, {{')}}}` });
  }
  return filled;
};

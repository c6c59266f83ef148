/** Hand-written texts that the renderers build upon; they stand beside the committed renderings as `*.base.*`. */
import { ChatopsError } from '../errors/chatops-error.ts';

/** Paths from the project's root. */
export const PIECE_PATHS = [
  'compose/compose.base.yaml',
  'compose/hubot.base.md',
  'gitlab-runner/config.base.toml',
  'nginx/html/www.base.html',
  'nginx/html/hom.base.html',
  'nginx/html/starting.base.html',
] as const;

export type PiecePath = (typeof PIECE_PATHS)[number];

/** Path → text of every hand-written piece. */
export type Pieces = Readonly<Record<PiecePath, string>>;

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

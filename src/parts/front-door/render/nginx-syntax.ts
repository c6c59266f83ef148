/**
 * nginx's configuration language: a tree of directives becomes text. The only place that knows semicolons, braces and
 * quotes. A plain text is always taken literally; what shall hold variables or be a pattern must say so.
 */
import { refused, requireUtf8 } from '../../../render/refuse.ts';

export interface Directive {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly block?: readonly Entry[];
}

/** A comment line, without its `#`. An empty one is an empty line. */
export interface Comment {
  readonly comment: string;
}

export type Entry = Directive | Comment;

/** Text as it is; text of ours in which `$name` is nginx's; or several in one word. */
export type Argument = string | { readonly pattern: string } | { readonly word: readonly Argument[] };

export const directive = (name: string, ...args: readonly Argument[]): Directive => ({ name, args });
export const block = (name: string, args: readonly Argument[], entries: readonly Entry[]): Directive => ({
  name,
  args,
  block: entries,
});
export const comment = (text: string): Comment => ({ comment: text });
export const emptyLine: Comment = { comment: '' };
/** `map`: a variable whose value follows from another one; each case is a value of that, or a `~pattern`, and the result. */
export const variable = (
  target: string,
  source: string,
  otherwise: Argument,
  cases: readonly (readonly [string, Argument])[],
): Directive =>
  block(
    'map',
    [pattern(source), pattern(target)],
    [directive('default', otherwise), ...cases.map(([value, result]) => directive(value, result))],
  );

/** Only for texts of ours: what users wrote must come as plain text. */
export const pattern = (text: string): Argument => ({ pattern: text });

/** A path as the beginning of a pattern; what it must not be taken for is taken literally. */
export const patternText = (path: string): string => path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Parts written without a space between them. */
export const word = (...parts: readonly Argument[]): Argument => ({ word: parts });

/** What needs no quotes anywhere in the file. */
const BARE = /^[\w./:@%+=,~^*()|?[\]<>!&$-]+$/;

/** Inside quotes only these two mean something (nginx: src/core/ngx_conf_file.c, ngx_conf_read_token). */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, (found) => `\\${found}`)}"`;

/** @throws ChatopsError CONFIG_INVALID for what no quoting keeps literal */
const literal = (text: string): string => {
  if (text.includes('$')) throw refused(text, 'nginx.conf', 'nginx has no way to write a $ that is not a variable');
  // A lone NUL ends the text for nginx, and line ends would let it leave the place where it stands.
  if (/\p{Control}/u.test(text)) throw refused(text, 'nginx.conf', 'it holds a control character');
  return requireUtf8(text, 'nginx.conf');
};

const meaning = (argument: Argument): string => {
  if (typeof argument === 'string') return literal(argument);
  return 'pattern' in argument ? argument.pattern : argument.word.map(meaning).join('');
};

const argumentText = (argument: Argument): string => {
  const text = meaning(argument);
  return BARE.test(text) ? text : quoted(text);
};

const INDENT = '    ';

const entryLines = (entry: Entry, indent: string): readonly string[] => {
  if ('comment' in entry) return [entry.comment === '' ? '' : `${indent}# ${literalComment(entry.comment)}`];
  const head = `${indent}${[entry.name, ...entry.args.map(argumentText)].join(' ')}`;
  if (!entry.block) return [`${head};`];
  return [`${head} {`, ...entry.block.flatMap((inner) => entryLines(inner, indent + INDENT)), `${indent}}`];
};

const literalComment = (text: string): string => {
  if (/[\r\n]/.test(text)) throw refused(text, 'nginx.conf', 'a comment is one line');
  return text;
};

/** The whole file, with a line end at its end. @throws ChatopsError CONFIG_INVALID */
export const nginxText = (entries: readonly Entry[]): string =>
  `${entries.flatMap((entry) => entryLines(entry, '')).join('\n')}\n`;

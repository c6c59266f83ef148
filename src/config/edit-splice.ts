/** Where in the text an edit goes: one splice, so that everything else stays byte for byte. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  YAMLMap,
} from 'yaml';
import { ChatopsError } from '../errors/chatops-error.ts';
import { SHORT_FORMS } from './assign.ts';
import { formatPath, type Path } from './path.ts';
import { show } from './show.ts';
import { blockText, inlineText, wantsBlock } from './yaml-text.ts';

export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Puts `value` at `path`. Missing mappings and lists on the way are made.
 * @throws ChatopsError USAGE when something else stands in the way.
 */
export const spliceOf = (text: string, document: Document.Parsed, path: Path, value: Node): Splice => {
  const { contents } = document;
  if (contents === null) return atEnd(text, wrap(document, path, value));
  return descend({ text, document, path }, contents, 0, value);
};

interface Edit {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly path: Path;
}

const descend = (edit: Edit, node: Node, depth: number, value: Node): Splice => {
  const part = edit.path[depth];
  const rest = edit.path.slice(depth + 1);
  if (isMap(node) && typeof part === 'string') {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
    if (pair === undefined) return append(edit, node, pairText(edit, part, rest, value));
    return into(edit, pair.value, pair, depth, value);
  }
  if (isSeq(node) && typeof part === 'number') {
    if (part > node.items.length)
      throw inTheWay(edit.path.slice(0, depth + 1), `the list has ${node.items.length} entries`);
    if (part === node.items.length) return append(edit, node, itemText(edit, rest, value));
    return into(edit, node.items[part], undefined, depth, value);
  }
  const what = isAlias(node) ? 'an alias (*) stands there' : `${kindOf(node)} stands there`;
  throw inTheWay(edit.path.slice(0, depth), what);
};

/** Goes on below what is there, or replaces it when the path ends here. */
const into = (edit: Edit, child: unknown, pair: Pair | undefined, depth: number, value: Node): Splice => {
  const rest = edit.path.slice(depth + 1);
  if (isNode(child) && !isEmpty(child)) {
    const spelled = rest.length > 0 && isScalar(child) ? spellOut(edit, child, depth, value) : undefined;
    if (spelled !== undefined) return replace(edit, child, spelled, pair);
    return rest.length > 0 ? descend(edit, child, depth + 1, value) : replace(edit, child, value, pair);
  }
  const at = pair === undefined ? rangeStart(child) : edit.text.indexOf(':', keyEnd(pair)) + 1;
  return fillEmpty(edit, pair, at, wrap(edit.document, rest, value));
};

const isEmpty = (node: Node): boolean => isScalar(node) && node.value === null && node.source === '';

const spellOut = (edit: Edit, child: Scalar, depth: number, value: Node): Node | undefined => {
  const [list, index] = edit.path.slice(depth - 1, depth + 1);
  const key = typeof index === 'number' ? SHORT_FORMS[String(list)] : undefined;
  const rest = edit.path.slice(depth + 1);
  if (key === undefined) return undefined;
  const name = rest[0] === key && rest.length === 1 ? value : edit.document.createNode(child.value);
  const full = new YAMLMap<unknown, unknown>();
  full.set(key, name);
  if (rest[0] !== key) full.set(rest[0], wrap(edit.document, rest.slice(1), value));
  return full;
};

// ---------------------------------------------------------------- texts

/** The value inside what is missing above it: `['rooms', 0]` → `{rooms: [value]}`. */
const wrap = (document: Document.Parsed, path: Path, value: Node): Node =>
  path.reduceRight<Node>((inner, part, index) => {
    if (part === 0) return document.createNode([inner]);
    if (typeof part === 'number') throw inTheWay(path.slice(0, index + 1), 'the list has no entries');
    const map = new YAMLMap<unknown, unknown>();
    map.set(part, inner);
    return map;
  }, value);

type Text = (style: 'block' | 'flow', column: number) => string;

const pairText = ({ document }: Edit, key: string, rest: Path, value: Node): Text => {
  const pair = wrap(document, [key, ...rest], value);
  return (style, column) => (style === 'block' ? blockText(pair, column) : inlineText(pair).slice(1, -1));
};

const itemText = ({ document }: Edit, rest: Path, value: Node): Text => {
  const item = wrap(document, rest, value);
  return (style, column) => (style === 'block' ? blockText(document.createNode([item]), column) : inlineText(item));
};

// ---------------------------------------------------------------- splices

const lineBreakOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

const withLineBreaks = (text: string, of: string): string => of.replaceAll('\n', lineBreakOf(text));

const atEnd = (text: string, value: Node): Splice => {
  const joint = text === '' || text.endsWith('\n') ? '' : '\n';
  return { from: text.length, to: text.length, text: withLineBreaks(text, `${joint}${blockText(value, 0)}\n`) };
};

/** A new entry behind the last one of a mapping or list. */
const append = ({ text }: Edit, node: Node, entry: Text): Splice => {
  if (!isCollection(node)) return { from: 0, to: 0, text: '' };
  const [start = 0] = node.range ?? [];
  const end = lastEntryEnd(node.items);
  if (node.flow === true || node.items.length === 0) {
    const at = node.items.length === 0 ? start + 1 : end;
    return { from: at, to: at, text: `${node.items.length === 0 ? '' : ', '}${entry('flow', 0)}` };
  }
  const column = columnOf(text, start);
  return newLine(text, end, `${' '.repeat(column)}${entry('block', column)}`);
};

/** A line of its own below the line in which `after` stands. */
const newLine = (text: string, after: number, line: string): Splice => {
  // The end of a block scalar is behind its last line break already.
  const from = after > 0 && text[after - 1] === '\n' ? after - 1 : after;
  const found = text.indexOf('\n', from);
  if (found === -1) return { from: text.length, to: text.length, text: withLineBreaks(text, `\n${line}`) };
  return { from: found + 1, to: found + 1, text: withLineBreaks(text, `${line}\n`) };
};

const replace = ({ text }: Edit, old: Node, value: Node, pair: Pair | undefined): Splice => {
  const [from = 0, to = 0] = old.range ?? [];
  if (isCollection(old) && old.flow !== true && wantsBlock(value)) {
    return { from, to: contentEnd(old), text: withLineBreaks(text, blockText(value, columnOf(text, from))) };
  }
  if (isCollection(old)) return onKeyLine(text, old, value, pair);
  const tail = isScalar(old) && (old.type === Scalar.BLOCK_LITERAL || old.type === Scalar.BLOCK_FOLDED) ? '\n' : '';
  return { from, to, text: withLineBreaks(text, `${inlineText(value)}${tail}`) };
};

/** One value instead of lines below the key moves up to it, unless a comment stands between. */
const onKeyLine = (text: string, old: Node, value: Node, pair: Pair | undefined): Splice => {
  const from = old.range?.[0] ?? 0;
  const colon = keyEnd(pair) + 1;
  const joined = pair !== undefined && text.slice(colon, from).trim() === '';
  return { from: joined ? colon : from, to: contentEnd(old), text: `${joined ? ' ' : ''}${inlineText(value)}` };
};

/** `key:` without a value gets one: on its line, or as lines below it. */
const fillEmpty = ({ text }: Edit, pair: Pair | undefined, at: number, value: Node): Splice => {
  const key = pair?.key;
  const range = isNode(key) ? key.range : undefined;
  if (range == null || !wantsBlock(value)) return { from: at, to: at, text: ` ${inlineText(value)}` };
  const column = columnOf(text, range[0]) + 2;
  return newLine(text, range[1], `${' '.repeat(column)}${blockText(value, column)}`);
};

const rangeStart = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

const keyEnd = (pair: Pair | undefined): number => (isNode(pair?.key) ? (pair.key.range?.[1] ?? 0) : 0);

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** Where the node's own text ends, without the comments and blank lines behind it. */
const contentEnd = (node: unknown): number => {
  if (!isNode(node)) return 0;
  const block = isCollection(node) && node.flow !== true && node.items.length > 0;
  return block ? lastEntryEnd(node.items) : (node.range?.[1] ?? 0);
};

const lastEntryEnd = (items: readonly unknown[]): number => {
  const last = items.at(-1);
  return isPair(last) ? Math.max(keyEnd(last), contentEnd(last.value)) : contentEnd(last);
};

const kindOf = (node: Node): string => {
  if (isScalar(node)) return show(node.value);
  return isMap(node) ? 'a mapping' : 'a list';
};

const inTheWay = (path: Path, why: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what: `${formatPath(path) || 'chatops.yaml'} cannot be set this way`,
    why,
    next: 'set it as a whole, or edit chatops.yaml',
  });

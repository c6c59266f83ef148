/** The text of chatops.yaml as a document whose every part can be pointed at. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Path } from './path.ts';
import type { ConfigProblem } from './problem.ts';
import { excerpt } from './show.ts';

export interface Source {
  /** How messages call it, e.g. `chatops.yaml`. */
  readonly name: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Offsets into the text, end exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Merge keys (`<<: *base`) are understood; keys are text; everything else is YAML 1.2's core schema. */
const YAML_OPTIONS = { version: '1.2', merge: true, stringKeys: true, prettyErrors: false } as const;

export const parseSource = (text: string, name: string): Source => {
  const lines = new LineCounter();
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return { name, text: bare, document: parseDocument(bare, { ...YAML_OPTIONS, lineCounter: lines }), lines };
};

/** The node at the path, aliases followed; undefined when there is none. */
export const nodeAt = (source: Source, path: Path): Node | undefined => {
  let node: Node | undefined = source.document.contents ?? undefined;
  for (const part of path) node = childOf(source, resolve(source, node), part);
  return resolve(source, node);
};

const resolve = (source: Source, node: Node | undefined): Node | undefined =>
  isAlias(node) ? node.resolve(source.document) : node;

const childOf = (source: Source, node: Node | undefined, part: string | number): Node | undefined => {
  if (isSeq(node) && typeof part === 'number') return asNode(node.items[part]);
  if (!isMap(node) || typeof part !== 'string') return undefined;
  const pair = pairOf(node, part);
  return pair === undefined ? mergedChild(source, node, part) : asNode(pair.value);
};

/** What a merge key brings in: `<<: *base`, or a list of such, of which the first that has the key wins. */
const mergedChild = (source: Source, node: Node, part: string): Node | undefined => {
  const merged = resolve(source, asNode(pairOf(node, '<<')?.value));
  const bases = isSeq(merged) ? merged.items.map((item) => resolve(source, asNode(item))) : [merged];
  return bases.map((base) => childOf(source, base, part)).find((child) => child !== undefined);
};

const asNode = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);

const pairOf = (node: Node | undefined, key: string): Pair | undefined =>
  isMap(node) ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key) : undefined;

/** A value as it stands in the file, without its quotes: `007`; undefined for what is no single value. */
export const textAt = (source: Source, path: Path): string | undefined => {
  const node = nodeAt(source, path);
  return isScalar(node) ? node.source : undefined;
};

/** Where the value at the path stands, or the nearest thing above it that is there. */
export const spanOfValue = (source: Source, path: Path): Span => {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(source, path.slice(0, length - 1));
    const part = path[length - 1];
    const written = part === undefined ? undefined : childOf(source, parent, part);
    if (written?.range != null && written.range[1] > written.range[0]) return rangeOf(written);
    const key = typeof part === 'string' ? pairOf(parent, part)?.key : undefined;
    if (isNode(key) && key.range != null) return rangeOf(key);
  }
  return { from: source.document.contents?.range?.[0] ?? 0, to: (source.document.contents?.range?.[0] ?? 0) + 1 };
};

/** Where the key at the path stands; falls back to what spanOfValue says. */
export const spanOfKey = (source: Source, path: Path): Span => {
  const part = path.at(-1);
  const key = typeof part === 'string' ? pairOf(nodeAt(source, path.slice(0, -1)), part)?.key : undefined;
  return isNode(key) && key.range != null ? rangeOf(key) : spanOfValue(source, path);
};

const rangeOf = (node: Node): Span => ({ from: node.range?.[0] ?? 0, to: node.range?.[1] ?? 0 });

/** A problem with its position and excerpt filled in from the span. */
export const problemAt = (
  source: Source,
  span: Span,
  said: { readonly path: string; readonly message: string; readonly fix?: string | undefined },
): ConfigProblem => {
  const { line, col } = source.lines.linePos(Math.min(span.from, source.text.length));
  const start = source.lines.lineStarts[line - 1] ?? 0;
  const next = source.lines.lineStarts[line] ?? source.text.length + 1;
  const text = source.text.slice(start, next - 1).replace(/\r$/, '');
  const column = Math.max(1, col);
  return {
    path: said.path,
    line: Math.max(1, line),
    column,
    message: said.message,
    ...(said.fix === undefined ? {} : { fix: said.fix }),
    excerpt: excerpt(text, Math.max(1, line), column, Math.max(1, span.to - span.from)),
  };
};

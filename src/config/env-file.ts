/**
 * Reads `.env` the way Docker Compose does (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/),
 * without its expansion of variables: a value that Compose would expand is marked, not guessed. No value appears in an error.
 */
import { ChatopsError } from '../errors/chatops-error.ts';

export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
  /** Compose would put other variables in: what it passes on is not what stands here. */
  readonly expands: boolean;
  /** Offsets of the value in the text, quotes included; equal for an empty one. */
  readonly from: number;
  readonly to: number;
}

export interface EnvFile {
  readonly text: string;
  /** How messages call it, e.g. `.env`. */
  readonly source: string;
  /** In order. A name may stand several times: the last one counts, as in Compose. */
  readonly entries: readonly EnvEntry[];
  readonly warnings: readonly string[];
}

const BLANK_OR_COMMENT = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const NAME = /[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/y;
const SPACES = /[ \t]*/y;
const SINGLE_QUOTED = /'((?:[^'\\]|\\[\s\S])*)'/y;
const DOUBLE_QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const UNQUOTED = /[^\r\n]*/y;

/** Far above any file of variables. */
const LARGEST = 1024 * 1024;

/** @throws ChatopsError ENV_FILE_DAMAGED naming the first line that cannot be read. */
export const parseEnv = (text: string, source = '.env'): EnvFile => {
  const damaged = (offset: number, why: string, next: string): ChatopsError => {
    const line = lineOf(text, offset);
    return new ChatopsError('ENV_FILE_DAMAGED', { what: `${source}:${line} cannot be read`, why, next });
  };
  if (text.length > LARGEST) throw damaged(0, 'more than 1 Mi characters', 'name the right file');
  if (/[\0\uFFFD]/.test(text)) throw damaged(text.search(/[\0\uFFFD]/), 'not UTF-8 text', 'save it as UTF-8');
  const entries: EnvEntry[] = [];
  const lines = lineCounter(text);
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const blank = match(BLANK_OR_COMMENT, text, at);
    if (blank !== undefined) {
      at += blank[0].length;
      continue;
    }
    const name = match(NAME, text, at);
    if (name?.[1] === undefined)
      throw damaged(at, 'not a NAME=value line', 'write NAME=value, or begin the line with #');
    const from = at + name[0].length;
    const value = readValue(text, from);
    if ('why' in value) throw damaged(at, value.why, value.next);
    entries.push({ name: name[1], line: lines(at), ...value });
    const rest = match(BLANK_OR_COMMENT, text, value.to);
    if (rest === undefined)
      throw damaged(value.to, 'text after the closing quote', 'put the whole value in the quotes');
    at = value.to + rest[0].length;
  }
  return { text, source, entries, warnings: doubles(entries, source) };
};

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
};

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Lines of offsets that only grow: the text is gone through once, however many are asked for. */
const lineCounter = (text: string): ((offset: number) => number) => {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    for (; next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
};

type Value = Pick<EnvEntry, 'value' | 'expands' | 'from' | 'to'>;
interface Unreadable {
  readonly why: string;
  readonly next: string;
}

const readValue = (text: string, from: number): Value | Unreadable => {
  const start = from + (match(SPACES, text, from)?.[0].length ?? 0);
  if (text[start] === "'") return quoted(text, start, SINGLE_QUOTED, (raw) => [raw.replaceAll("\\'", "'"), false]);
  if (text[start] === '"') return quoted(text, start, DOUBLE_QUOTED, readEscapes);
  if (text[from] === '#') return { why: 'a # directly after = may be a comment or the value', next: 'quote the value' };
  const line = match(UNQUOTED, text, start)?.[0] ?? '';
  const value = line.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
  if (value === '') return { value, expands: false, from, to: from };
  return { value, expands: value.includes('$'), from: start, to: start + value.length };
};

const quoted = (
  text: string,
  start: number,
  pattern: RegExp,
  read: (raw: string) => readonly [value: string, expands: boolean],
): Value | Unreadable => {
  const found = match(pattern, text, start);
  if (found === undefined) return { why: 'a quote that is opened here is never closed', next: 'close the quote' };
  const [value, expands] = read(found[1] ?? '');
  return { value, expands, from: start, to: start + found[0].length };
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

const readEscapes = (raw: string): readonly [value: string, expands: boolean] => [
  raw.replaceAll(/\\([\s\S])/g, (whole, character: string) => ESCAPES[character] ?? whole),
  raw.replaceAll(/\\[\s\S]/g, '').includes('$'),
];

const doubles = (entries: readonly EnvEntry[], source: string): readonly string[] => {
  const last = lastEntries(entries);
  return entries
    .filter((entry) => last.get(entry.name) !== entry)
    .map(({ name, line }) => `${source}:${line} ${name} stands again in line ${last.get(name)?.line}, which counts`);
};

/** Name → the entry that counts. */
export const lastEntries = (entries: readonly EnvEntry[]): ReadonlyMap<string, EnvEntry> =>
  new Map(entries.map((entry) => [entry.name, entry]));

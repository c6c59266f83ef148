/**
 * config.toml taken apart at its `[[runners]]`, as text: what a user registered beside ours stays as it is to the byte.
 * Without a parser of TOML: the probe reads with it, too. Pure.
 */

export interface ConfigText {
  /** What belongs to no runner: everything before the first block, and tables that stand behind one. */
  readonly global: string;
  /** Each from its `[[runners]]` on, with its `[runners.…]` tables. */
  readonly blocks: readonly string[];
}

/** Strings (of several lines, too) and comments as wholes: what looks like a header within one is none. */
const TOKEN = /"""(?:[^\\]|\\[\s\S])*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|\n|[^"'#\n]+|["']/g;

/** `[[runners]]`, `[runners.docker]`, `[session_server]`; a part of a name may be quoted, which starts another token. */
const HEADER = /^[ \t]*(\[{1,2})[ \t]*([A-Za-z0-9_-]+)[ \t]*([\].])/;

type Where = 'block' | 'within' | 'elsewhere';

const kindOf = (line: string): Where | undefined => {
  const [, brackets, name, next] = HEADER.exec(line) ?? [];
  if (name === undefined) return undefined;
  if (name !== 'runners') return 'elsewhere';
  return brackets === '[[' && next === ']' ? 'block' : 'within';
};

/** Where each line begins that is not the inside of a string. */
const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (const match of text.matchAll(TOKEN)) if (match[0] === '\n') starts.push(match.index + 1);
  return starts;
};

const BLANK_OR_REMARK = /^[ \t]*(?:#.*)?$/;

/** Comments right above a header are of what follows. The text without them, and them. */
const withoutRemarks = (text: string): readonly [string, string] => {
  const lines = text.split('\n');
  let first = lines.length - 1;
  for (let at = first - 1; at >= 0 && BLANK_OR_REMARK.test(lines[at] ?? ''); at -= 1) {
    if (lines[at]?.includes('#')) first = at;
  }
  const kept = lines.slice(0, first).map((line) => `${line}\n`);
  return [kept.join(''), lines.slice(first).join('\n')];
};

export const splitBlocks = (text: string): ConfigText => {
  const starts = lineStarts(text);
  const blocks: string[] = [];
  let global = '';
  let inBlock = false;
  for (const [index, start] of starts.entries()) {
    const line = text.slice(start, starts[index + 1] ?? text.length);
    const kind = kindOf(line);
    if (kind === 'block') {
      const before = blocks.length - 1;
      const [kept, remarks] = withoutRemarks(inBlock ? (blocks[before] ?? '') : global);
      if (inBlock) blocks[before] = kept;
      else global = kept;
      blocks.push(remarks);
    }
    if (kind !== undefined) inBlock = kind === 'block' || (kind === 'within' && blocks.length > 0);
    const last = blocks.at(-1);
    if (inBlock && last !== undefined) blocks[blocks.length - 1] = last + line;
    else global += line;
  }
  return { global, blocks };
};

/** The lines of its own, without those of its tables. */
const ownLines = (block: string): string => {
  const starts = lineStarts(block);
  const table = starts.slice(1).find((start) => kindOf(block.slice(start)) !== undefined);
  return block.slice(0, table ?? block.length);
};

/** A basic string's escapes are JSON's but for `\U` (toml.io/en/v1.0.0#string), which the runner never writes. */
const unescaped = (quoted: string): string | undefined => {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
};

/** A text of the block itself, such as `name`; undefined where it has none. */
export const textOf = (block: string, key: string): string | undefined => {
  const found = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*("(?:[^"\\\\\\n]|\\\\.)*"|'[^'\\n]*')`, 'm').exec(
    ownLines(block),
  )?.[1];
  return found?.startsWith("'") ? found.slice(1, -1) : found && unescaped(found);
};

/** Anything but a text, as it is written: `12`, `2026-11-20T15:11:27Z`. */
export const bareOf = (block: string, key: string): string | undefined =>
  new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*([^\\s"'#[{]+)`, 'm').exec(ownLines(block))?.[1];

/** The first block of this name; undefined: none has it. */
export const blockNamed = (text: string, name: string): string | undefined =>
  splitBlocks(text).blocks.find((block) => textOf(block, 'name') === name);

/** All blocks but the first of this name, as they are. */
export const blocksBeside = (text: string, name: string | undefined): readonly string[] => {
  const { blocks } = splitBlocks(text);
  const own = blocks.findIndex((block) => textOf(block, 'name') === name);
  return blocks.filter((_, index) => name === undefined || index !== own);
};

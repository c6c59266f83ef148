/** Additions to `.env`: everything that stands there stays byte for byte, and a value is never replaced. */
import { type EnvEntry, lastEntries, parseEnv } from './env-file.ts';
import type { ReadSecret } from './secrets.ts';

export interface Addition {
  readonly spec: Pick<ReadSecret, 'name' | 'what' | 'readBy'>;
  readonly value: string;
}

const HEADER = `# Secrets of this stack, made by chatops-up: never commit this file, never share it.
# A value that stands here is never replaced. The rules and the readers of each: see the table in the README.
`;

/**
 * The text with each addition that has no value yet: filled in where its line is empty (`NAME=`), else appended
 * under a comment that says who reads it.
 * @throws ChatopsError ENV_FILE_DAMAGED
 */
export const withSecrets = (text: string, additions: readonly Addition[]): string => {
  const present = lastEntries(parseEnv(text).entries);
  const empty = additions.flatMap(({ spec, value }): readonly Filling[] => {
    const entry = present.get(spec.name);
    return entry?.value === '' ? [{ entry, value }] : [];
  });
  const absent = additions.filter(({ spec }) => !present.has(spec.name));
  return append(fill(text, empty), absent);
};

interface Filling {
  readonly entry: EnvEntry;
  readonly value: string;
}

/** The text with the value of a variable taken out, so that a new one is made; every line of it, as the last one counts. */
export const withoutValue = (text: string, name: string): string =>
  parseEnv(text)
    .entries.filter((entry) => entry.name === name)
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, { from, to }) => now.slice(0, from) + now.slice(to), text);

/** From the end, so that earlier places stay where they are. */
const fill = (text: string, fillings: readonly Filling[]): string =>
  fillings
    .toSorted((a, b) => b.entry.from - a.entry.from)
    .reduce((now, { entry, value }) => now.slice(0, entry.from) + quoteForEnv(value) + now.slice(entry.to), text);

const append = (text: string, additions: readonly Addition[]): string => {
  if (additions.length === 0) return text;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const blocks = additions.map(
    ({ spec, value }) => `\n# ${spec.what}; read by ${spec.readBy.join(', ')}\n${spec.name}=${quoteForEnv(value)}\n`,
  );
  const joint = text === '' || text.endsWith('\n') ? '' : lineBreak;
  const added = `${text === '' ? HEADER : ''}${blocks.join('')}`;
  return text + joint + (lineBreak === '\n' ? added : added.replaceAll('\n', lineBreak));
};

/** Bare where every reader of such files agrees on the meaning; else in single quotes, in which nothing is expanded. */
export const quoteForEnv = (value: string): string => {
  if (/^[A-Za-z0-9_.:/@%+=,~^-]+$/.test(value)) return value;
  if (!value.includes("'") && !value.includes('\\')) return `'${value}'`;
  const escaped = value
    .replaceAll(/["\\$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
};

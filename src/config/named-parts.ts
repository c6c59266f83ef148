/** The first reading of chatops.yaml: only `parts`, as what else may stand there is known to the parts alone. */
import { PART_PLACE } from '../values/names.ts';
import type { Finding } from './finding.ts';
import { judged } from './judged.ts';
import { readText } from './read-text.ts';

export interface NamedPart {
  /** Package, or path that begins with `./`. */
  readonly module: string;
  /** Which of the list. */
  readonly index: number;
}

export interface NamedParts {
  readonly parts: readonly NamedPart[];
  /** Says where the names stand. @throws ConfigError CONFIG_INVALID when something was found */
  readonly judge: (findings: readonly Finding[]) => void;
}

/** Where the word stands in no line but comments, nor what may stand for a letter of it, none is named: the file is read once. */
const MAY_NAME = /^(?![ \t]*#).*(?:parts|\\)/m;

/**
 * What is no such name is left to loadConfig, which refuses it.
 * @param name how messages call the file
 * @throws ConfigError CONFIG_INVALID when the text is no mapping; CONFIG_TOO_LARGE
 */
export const readNamedParts = (text: string, name: string): NamedParts => {
  if (!MAY_NAME.test(text)) return { parts: [], judge: () => undefined };
  const { source, data } = readText(text, name);
  const { parts } = data as { readonly parts?: unknown };
  const entries: readonly unknown[] = Array.isArray(parts) ? parts : [];
  return {
    parts: entries.flatMap((module, index) =>
      typeof module === 'string' && PART_PLACE.pattern.test(module) ? [{ module, index }] : [],
    ),
    judge: (findings) => void judged(source, findings),
  };
};

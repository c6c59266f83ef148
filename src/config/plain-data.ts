/** The document as plain data for the schema. */
import { isScalar } from 'yaml';
import type { Path } from './path.ts';
import type { ConfigProblem } from './problem.ts';
import { nodeAt, problemAt, type Source } from './source.ts';

/** Far more than any real file has; a bomb of aliases multiplies by each. */
const MOST_ALIASES = 100;

/**
 * Never throws: what cannot be made plain is the problem.
 * @param asWritten places whose text counts even where YAML reads a number: 8.10 would be 8.1, and 8.0 would be 8
 */
export const plainData = (
  source: Source,
  asWritten: readonly Path[] = [],
): { readonly data?: unknown; readonly problem?: ConfigProblem } => {
  try {
    const data: unknown = source.document.toJS({ maxAliasCount: MOST_ALIASES });
    return { data: asWritten.reduce((plain, path) => withTextOf(source, plain, path), data) };
  } catch (thrown) {
    return { problem: aliasProblem(source, thrown instanceof Error ? thrown.message : String(thrown)) };
  }
};

const withTextOf = (source: Source, data: unknown, path: Path): unknown => {
  const node = nodeAt(source, path);
  return isScalar(node) && typeof node.value === 'number' && node.source !== undefined
    ? withValueAt(data, path, node.source)
    : data;
};

/** Copies what is above it, for an anchor may show the same mapping elsewhere. */
const withValueAt = (data: unknown, [key, ...rest]: Path, value: string): unknown =>
  key === undefined
    ? value
    : { ...(data as object), [key]: withValueAt((data as Readonly<Record<string, unknown>>)[key], rest, value) };

/** `toJS` throws ReferenceErrors for aliases only: to nothing, or too many. */
const aliasProblem = (source: Source, text: string): ConfigProblem => {
  const missing = /Unresolved alias .*: (.+)$/s.exec(text)?.[1];
  if (missing === undefined) {
    const said = {
      path: '',
      message: 'aliases (*name) stand for more than a configuration can hold',
      fix: 'write it out',
    };
    return problemAt(source, { from: 0, to: 1 }, said);
  }
  const at = Math.max(0, source.text.indexOf(`*${missing}`));
  const said = {
    path: '',
    message: `\`*${missing}\` names an anchor that is not there (yet)`,
    fix: `write \`&${missing}\` before the value it stands for, above this line; a leading * as text needs quotes`,
  };
  return problemAt(source, { from: at, to: at + missing.length + 1 }, said);
};

/** The document as plain data for the schema. */
import { isScalar } from 'yaml';
import type { ConfigProblem } from './problem.ts';
import { nodeAt, problemAt, type Source } from './source.ts';

/** Far more than any real file has; a bomb of aliases multiplies by each. */
const MOST_ALIASES = 100;

/**
 * `chat.version` is taken as it is written: the number 8.10 would be 8.1, and 8.0 would be 8.
 * Never throws: what cannot be made plain is the problem.
 */
export const plainData = (source: Source): { readonly data?: unknown; readonly problem?: ConfigProblem } => {
  try {
    const data: unknown = source.document.toJS({ maxAliasCount: MOST_ALIASES });
    return { data: withVersionAsWritten(source, data) };
  } catch (thrown) {
    return { problem: aliasProblem(source, thrown instanceof Error ? thrown.message : String(thrown)) };
  }
};

const withVersionAsWritten = (source: Source, data: unknown): unknown => {
  const node = nodeAt(source, ['chat', 'version']);
  if (!isScalar(node) || typeof node.value !== 'number' || node.source === undefined) return data;
  const { chat, ...rest } = data as { readonly chat: object };
  return { ...rest, chat: { ...chat, version: node.source } };
};

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

/** Findings, as problems with a place in the text. */

import type { Finding } from './finding.ts';
import { formatPath } from './path.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';
import { nodeAt, problemAt, type Source, spanOfValue } from './source.ts';

/** @throws ConfigError CONFIG_INVALID when there are any */
export const refuse = (source: Source, problems: readonly ConfigProblem[]): void => {
  if (problems.length > 0) throw new ConfigError(source.name, inOrder(problems));
};

const inOrder = (problems: readonly ConfigProblem[]): readonly ConfigProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** @returns the warnings among them. @throws ConfigError with the others, and with `problems` */
export const judged = (
  source: Source,
  findings: readonly Finding[],
  problems: readonly ConfigProblem[] = [],
): readonly ConfigProblem[] => {
  const found = (isWarning: boolean): readonly ConfigProblem[] =>
    findings.filter(({ warning = false }) => warning === isWarning).map((finding) => ruleProblem(source, finding));
  refuse(source, [...problems, ...found(false)]);
  return inOrder(found(true));
};

/** A short form (`rooms: [ops]`) has no `name` to point at: the place is then the entry itself. */
const ruleProblem = (source: Source, finding: Finding): ConfigProblem => {
  const parent = nodeAt(source, finding.path.slice(0, -1));
  const short = parent !== undefined && !('items' in parent);
  const path = short ? finding.path.slice(0, -1) : finding.path;
  const said = { path: formatPath(path), message: finding.message, fix: finding.fix };
  return problemAt(source, spanOfValue(source, path), said);
};

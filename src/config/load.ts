import type { Document } from 'yaml';
import { type Additions, NO_ADDITIONS } from './additions.ts';
import type { Config } from './config.ts';
import { configJsonSchema } from './json-schema.ts';
import { normalize } from './normalize.ts';
import { formatPath, type Path, patternOf, valueAt } from './path.ts';
import { plainData } from './plain-data.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';
import { RULES } from './rules/index.ts';
import type { Finding } from './rules/rule.ts';
import { problemOf, type SchemaFinding, schemaFindings } from './schema-problems.ts';
import { sectionFindings } from './section-findings.ts';
import { nodeAt, parseSource, problemAt, type Source, spanOfValue } from './source.ts';
import { type Written, writtenSchemaWith } from './written.ts';
import { nestsTooDeeply, wholeFile, yamlProblems } from './yaml-problems.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** The text as a document with comments, for showing or editing it. */
  readonly document: Document.Parsed;
  /** Accepted, but worth telling. */
  readonly warnings: readonly ConfigProblem[];
  /** Findings made later, with what the text names at hand. @returns the warnings. @throws ConfigError CONFIG_INVALID */
  readonly judge: (findings: readonly Finding[]) => readonly ConfigProblem[];
}

/** Characters of chatops.yaml; a thousand rooms and a thousand users take about a tenth of it. */
export const LARGEST_CONFIG = 1024 * 1024;

/**
 * The text of chatops.yaml → Config. `source` is how messages call the file.
 * @param additions what parts let the file hold beside the core's keys. Default: nothing
 * @throws ConfigError CONFIG_INVALID with every problem found; CONFIG_TOO_LARGE above 1 Mi characters, unparsed.
 */
export const loadConfig = (text: string, source: string, additions: Additions = NO_ADDITIONS): LoadedConfig => {
  refuseUnreadable(text, source);
  const parsed = parseSource(text, source);
  refuse(parsed, yamlProblems(parsed));
  const data = mapping(parsed);
  const { written, findings, unread } = check(data, additions);
  const config = normalize(written, additions);
  const wasRead = (place: string): boolean => !touches(unread, place);
  const told = [
    ...RULES.filter(({ reads }) => reads.every(wasRead)).flatMap((rule) => rule.check({ config, written })),
    ...sectionFindings(additions, config, wasRead),
  ];
  const warnings = judged(
    parsed,
    told,
    findings.map((finding) => problemOf(parsed, finding)),
  );
  return { config, document: parsed.document, warnings, judge: (later) => judged(parsed, later) };
};

// ---------------------------------------------------------------- before parsing

const bare = (message: string, fix: string): ConfigProblem => ({ path: '', line: 1, column: 1, message, fix });

const refuseUnreadable = (text: string, source: string): void => {
  if (text.length > LARGEST_CONFIG) {
    const size = `${(text.length / LARGEST_CONFIG).toFixed(1)} Mi characters`;
    const problem = bare(`${size}, and a configuration has at most 1 Mi`, 'name the right file');
    throw new ConfigError(source, [problem], 'CONFIG_TOO_LARGE');
  }
  if (text.includes('\0') || text.includes('\uFFFD')) {
    throw new ConfigError(source, [bare('not UTF-8 text', 'save the file as UTF-8, or name the right file')]);
  }
  if (nestsTooDeeply(text)) {
    throw new ConfigError(source, [bare('nested too deeply to be a configuration', 'name the right file')]);
  }
};

const refuse = (source: Source, problems: readonly ConfigProblem[]): void => {
  if (problems.length > 0) throw new ConfigError(source.name, inOrder(problems));
};

const inOrder = (problems: readonly ConfigProblem[]): readonly ConfigProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

// ---------------------------------------------------------------- data

const mapping = (source: Source): object => {
  const { data, problem } = plainData(source);
  if (problem !== undefined) refuse(source, [problem]);
  if (data === null || data === undefined) {
    const message = 'the file is empty';
    refuse(source, [
      wholeFile(source, message, 'write `name: chatops` for the default stack, or run `chatops-up init`'),
    ]);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const kind = Array.isArray(data) ? 'a list' : 'a single value';
    const message = `must be a mapping (\`key: value\` lines), not ${kind}`;
    throw new ConfigError(source.name, [wholeFile(source, message, 'begin with `name: chatops`')]);
  }
  return data;
};

interface Checked {
  readonly written: Written;
  readonly findings: readonly SchemaFinding[];
  /** Patterns of the places whose values were refused and taken out. */
  readonly unread: readonly string[];
}

/**
 * Refused values are taken out until the rest is accepted, so that the rules can speak in the same run.
 * Ends because every round takes something out and an empty mapping is accepted.
 */
const check = (data: object, additions: Additions): Checked => {
  const schema = writtenSchemaWith(additions);
  const rest = structuredClone(data);
  const unread: string[] = [];
  let findings: readonly SchemaFinding[] | undefined;
  for (;;) {
    const result = schema.safeParse(rest);
    if (result.success) return { written: result.data, findings: findings ?? [], unread };
    const refused = schemaFindings(result.error.issues, rest, configJsonSchema(additions));
    findings ??= refused;
    for (const finding of refused) {
      if (finding.kind === 'value') unread.push(patternOf(finding.path));
      takeOut(rest, finding.path);
    }
  }
};

/**
 * Takes out the value; where it is missing, the nearest mapping entry above that is there. A list is taken out whole,
 * as its places would shift.
 */
const takeOut = (data: object, path: Path): void => {
  const list = path.findIndex((part) => typeof part === 'number');
  const exact = typeof path.at(-1) === 'string' && valueAt(data, path) !== undefined;
  const target = exact ? path : nearestThere(data, path.slice(0, list === -1 ? path.length : list));
  const key = target.at(-1);
  const parent = valueAt(data, target.slice(0, -1));
  if (key !== undefined && typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, key);
};

const nearestThere = (data: object, path: Path): Path =>
  path.length <= 1 || valueAt(data, path) !== undefined ? path : nearestThere(data, path.slice(0, -1));

const touches = (unread: readonly string[], read: string): boolean =>
  unread.some((place) => place === read || place.startsWith(`${read}.`) || read.startsWith(`${place}.`));

// ---------------------------------------------------------------- rules

/** @returns the warnings among them. @throws ConfigError with the others, and with `problems` */
const judged = (
  source: Source,
  findings: readonly Finding[],
  problems: readonly ConfigProblem[] = [],
): readonly ConfigProblem[] => {
  const told = (isWarning: boolean): readonly ConfigProblem[] =>
    findings.filter(({ warning = false }) => warning === isWarning).map((finding) => ruleProblem(source, finding));
  refuse(source, [...problems, ...told(false)]);
  return inOrder(told(true));
};

/** A short form (`rooms: [ops]`) has no `name` to point at: the place is then the entry itself. */
const ruleProblem = (source: Source, finding: Finding): ConfigProblem => {
  const parent = nodeAt(source, finding.path.slice(0, -1));
  const short = parent !== undefined && !('items' in parent);
  const path = short ? finding.path.slice(0, -1) : finding.path;
  const said = { path: formatPath(path), message: finding.message, fix: finding.fix };
  return problemAt(source, spanOfValue(source, path), said);
};

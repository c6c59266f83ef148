import type { Document } from 'yaml';
import { type Additions, NO_ADDITIONS } from './additions.ts';
import type { Config } from './config.ts';
import type { Finding } from './finding.ts';
import { configJsonSchema } from './json-schema.ts';
import { judged } from './judged.ts';
import { normalize } from './normalize.ts';
import { type Path, patternOf, valueAt } from './path.ts';
import type { ConfigProblem } from './problem.ts';
import { readText } from './read-text.ts';
import { coreRules } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { problemOf, type SchemaFinding, schemaFindings } from './schema-problems.ts';
import { sectionFindings } from './section-findings.ts';
import { textAt } from './source.ts';
import type { Written } from './written.ts';
import { writtenSchemaWith } from './written-schema.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** The text as a document with comments, for showing or editing it. */
  readonly document: Document.Parsed;
  /** Accepted, but worth a warning. */
  readonly warnings: readonly ConfigProblem[];
  /** Findings made later, with what the text names at hand. @returns the warnings. @throws ConfigError CONFIG_INVALID */
  readonly judge: (findings: readonly Finding[]) => readonly ConfigProblem[];
}

/**
 * The text of chatops.yaml → Config. `source` is how messages call the file.
 * @param additions what parts let the file hold beside the core's keys. Default: nothing
 * @throws ConfigError CONFIG_INVALID with every problem found; CONFIG_TOO_LARGE above 1 Mi characters, unparsed.
 */
export const loadConfig = (text: string, source: string, additions: Additions = NO_ADDITIONS): LoadedConfig => {
  const { source: parsed, data } = readText(text, source, placesAsWritten(additions));
  const { written, findings, unread } = check(data, additions, (path) => textAt(parsed, path));
  const config = normalize(written, additions);
  const wasRead = (pattern: string): boolean => !touches(unread, pattern);
  const found = [
    ...rulesOf(additions)
      .filter(({ reads }) => reads.every(wasRead))
      .flatMap((rule) => rule.check({ config, written })),
    ...sectionFindings(additions, config, wasRead),
  ];
  const warnings = judged(
    parsed,
    found,
    findings.map((finding) => problemOf(parsed, finding)),
  );
  return { config, document: parsed.document, warnings, judge: (later) => judged(parsed, later) };
};

const placesAsWritten = ({ sections }: Additions): readonly Path[] =>
  sections.flatMap(({ key, asWritten = [] }) => asWritten.map((inside) => [key, inside]));

/** By name, so that what is found at one place is always listed in one order. */
const rulesOf = (additions: Additions): readonly Rule[] =>
  [...coreRules(additions), ...additions.rules].toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));

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
const check = (data: object, additions: Additions, writtenAt: (path: Path) => string | undefined): Checked => {
  const accepted = writtenSchemaWith(additions);
  const rest = structuredClone(data);
  const unread: string[] = [];
  let findings: readonly SchemaFinding[] | undefined;
  for (;;) {
    const result = accepted.safeParse(rest);
    if (result.success) return { written: result.data, findings: findings ?? [], unread };
    const schema = configJsonSchema(additions);
    const refused = schemaFindings(result.error.issues, { data: rest, schema, writtenAt });
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
  unread.some((pattern) => pattern === read || pattern.startsWith(`${read}.`) || read.startsWith(`${pattern}.`));

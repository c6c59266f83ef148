/** What the schema refused, in our words: with the place, what was found, and the nearest right thing. */
import type { z } from 'zod';
import { NAME_RULES, type NameRule } from '../values/names.ts';
import { nearest, related } from '../values/nearest.ts';
import type { JsonSchema } from './json-schema.ts';
import { formatPath, type Path, valueAt } from './path.ts';
import type { ConfigProblem } from './problem.ts';
import { choicesAt, keysAt, patternsOf, textPatternAt } from './schema-keys.ts';
import { looksSecret, show } from './show.ts';
import { problemAt, type Source, spanOfKey, spanOfValue } from './source.ts';

type Issue = z.core.$ZodIssue;

/** One refusal at one place; `kind` says what the loader may take out so that the rest can still be checked. */
export interface SchemaFinding {
  readonly path: Path;
  readonly kind: 'unknown key' | 'value';
  readonly message: string;
  readonly fix?: string | undefined;
}

/** What was written, and what may be. */
interface Facts {
  readonly data: unknown;
  readonly schema: JsonSchema;
  /** How it stands in the file: `007` is read as 7. */
  readonly writtenAt: (path: Path) => string | undefined;
}

/** Of what was checked by that schema. */
export const schemaFindings = (issues: readonly Issue[], facts: Facts): readonly SchemaFinding[] => {
  const { schema } = facts;
  const found = issues.flatMap((issue) => findings(issue, [], facts));
  const meant = new Set(found.flatMap((finding) => (finding.kind === 'unknown key' ? meantKey(finding, schema) : [])));
  // A misspelt key is one fault, not a strange key and a missing one.
  return found.filter((finding) => finding.kind === 'unknown key' || !meant.has(formatPath(finding.path)));
};

export const problemOf = (source: Source, finding: SchemaFinding): ConfigProblem => {
  const span = finding.kind === 'unknown key' ? spanOfKey(source, finding.path) : spanOfValue(source, finding.path);
  return problemAt(source, span, { path: formatPath(finding.path), message: finding.message, fix: finding.fix });
};

const findings = (issue: Issue, above: Path, facts: Facts): readonly SchemaFinding[] => {
  const path: Path = [...above, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], facts));
  if (issue.code === 'invalid_union') return ofUnion(issue.errors, path, facts);
  if (issue.code === 'invalid_key') return [badName(path, issue.issues)];
  return [{ path, kind: 'value', ...wrongValue([issue], path, facts) }];
};

/** A name that the user chose, where names stand for keys: it is taken out like an unknown key. */
const badName = (path: Path, issues: readonly Issue[]): SchemaFinding => {
  const key = String(path.at(-1));
  const [issue] = issues;
  const wrong = issue === undefined ? { message: 'is no good name' } : outOfBounds(issue, key);
  return { path, kind: 'unknown key', ...wrong, message: `${show(key)} ${wrong.message}` };
};

/** Of the alternatives the one whose kind of value was written speaks; when there is none, all are named together. */
const ofUnion = (errors: readonly (readonly Issue[])[], path: Path, facts: Facts): readonly SchemaFinding[] => {
  const fitting = errors.find((branch) => !branch.some(refusesKind));
  if (fitting !== undefined) return fitting.flatMap((issue) => findings(issue, path, facts));
  return [{ path, kind: 'value', ...wrongValue(errors.flat(), path, facts) }];
};

const refusesKind = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

// ---------------------------------------------------------------- unknown keys

const meantKey = ({ path }: SchemaFinding, schema: JsonSchema): readonly string[] => {
  const parent = path.slice(0, -1);
  const key = closest(String(path.at(-1)), keysAt(parent, schema));
  return key === undefined ? [] : [formatPath([...parent, key])];
};

/** The right one that was most likely meant. */
const closest = (word: string, right: readonly string[]): string | undefined =>
  nearest(word, right) ?? related(word, right);

const unknownKey = (path: Path, facts: Facts): SchemaFinding => {
  const key = String(path.at(-1));
  return { path, kind: 'unknown key', message: `unknown key ${show(key)}`, fix: keyFix(path, key, facts) };
};

const keyFix = (path: Path, key: string, { data, schema }: Facts): string | undefined => {
  const known = keysAt(path.slice(0, -1), schema);
  const near = closest(key, known);
  if (near !== undefined) {
    const taken = valueAt(data, [...path.slice(0, -1), near]) !== undefined;
    return taken ? `remove it: ${show(near)} is there already` : `write ${show(near)}`;
  }
  if (looksSecret(key)) return 'secrets stand in .env, never here: remove it';
  const [elsewhere] = patternsOf(key, schema);
  if (elsewhere !== undefined) return `it belongs at ${show(elsewhere)}`;
  return known.length === 0 ? undefined : `known here: ${known.join(', ')}`;
};

// ---------------------------------------------------------------- wrong values

interface Said {
  readonly message: string;
  readonly fix?: string | undefined;
}

const wrongValue = (issues: readonly Issue[], path: Path, { data, schema, writtenAt }: Facts): Said => {
  const value = valueAt(data, path);
  const key = typeof path.at(-1) === 'string' ? String(path.at(-1)) : 'this entry';
  if (value === undefined) return { message: `${show(key)} is missing`, fix: `add ${show(`${key}: …`)}` };
  if (value === null) return { message: 'has no value', fix: 'write a value, or remove the key' };
  const [issue] = issues;
  if (issues.length === 1 && issue !== undefined && issue.code !== 'invalid_type' && issue.code !== 'invalid_value') {
    return outOfBounds(issue, value);
  }
  // A union with a discriminating key names no alternatives of its own: they stand in the schema.
  const choices =
    issues.length === 0
      ? choicesAt(path, schema)
      : issues.flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
  const kinds = issues.flatMap((one) => (one.code === 'invalid_type' ? [KINDS[one.expected] ?? one.expected] : []));
  const wanted = [...(choices.length > 0 ? [oneOf(choices)] : []), ...new Set(kinds)].join(' or ');
  if (typeof value !== 'object' && typeof value !== 'string' && kinds.includes('text'))
    return noText(writtenAt(path) ?? String(value), wanted, ruleOf(textPatternAt(path, schema)));
  return { message: `must be ${wanted}, not ${found(value)}`, fix: valueFix(value, choices, kinds) };
};

const ruleOf = (pattern: string | undefined): NameRule | undefined =>
  NAME_RULES.find((one) => one.pattern.source === pattern);

/** Read as a number, or as true or false, where a text is wanted: in quotes it is one, which may be refused as that. */
const noText = (written: string, wanted: string, rule: NameRule | undefined): Said => {
  if (rule === undefined || rule.pattern.test(written))
    return { message: `must be ${wanted}, not ${show(written)}`, fix: `put it in quotes: ${show(`"${written}"`)}` };
  const better = fixBy(rule, written);
  return {
    message: `must be ${rule.says}, not ${show(written)}`,
    ...(better !== undefined && { fix: `write ${show(better)}` }),
  };
};

/** A good one in its place. */
const fixBy = (rule: NameRule, value: string): string | undefined => {
  const fixed = rule.fix?.(value);
  return fixed !== undefined && fixed !== value && rule.pattern.test(fixed) ? fixed : undefined;
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

const oneOf = (choices: readonly string[]): string =>
  choices.length === 1 ? show(choices[0]) : `one of ${choices.map(show).join(', ')}`;

const found = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the text ${show(value)}` : show(value);
};

const TRUE = new Set(['yes', 'on', 'y', 'true']);
const FALSE = new Set(['no', 'off', 'n', 'false']);

const valueFix = (value: unknown, choices: readonly string[], kinds: readonly string[]): string | undefined => {
  const text = String(value).trim();
  if (kinds.includes('true or false') && TRUE.has(text.toLowerCase())) return 'write `true`';
  if (kinds.includes('true or false') && FALSE.has(text.toLowerCase())) return 'write `false`';
  if (typeof value === 'string') {
    const near = closest(value, choices);
    if (near !== undefined) return `write ${show(near)}`;
    if (kinds.some((kind) => kind.endsWith('number')) && /^[0-9]+$/.test(text))
      return `write ${show(text)} without quotes`;
    return kinds.includes('a list') ? `write it as a list: ${show(`[${text}]`)}` : undefined;
  }
  return undefined;
};

const outOfBounds = (issue: Issue, value: unknown): Said => {
  if (issue.code === 'too_small') return { message: `must be ${bound(issue.origin, issue.minimum, 'at least')}` };
  if (issue.code === 'too_big') return { message: `must be ${bound(issue.origin, issue.maximum, 'at most')}` };
  if (issue.code !== 'invalid_format') return { message: issue.message };
  const rule = NAME_RULES.find((one) => String(one.pattern) === issue.pattern);
  const fixed = rule && fixBy(rule, String(value));
  const because = rule?.why?.(String(value));
  return {
    message: because === undefined ? issue.message : `${issue.message}: ${because}`,
    fix: fixed === undefined ? undefined : `write ${show(fixed)}`,
  };
};

const bound = (origin: string, limit: number | bigint, words: string): string =>
  origin === 'array' ? `a list of ${words} ${limit} ${limit === 1 ? 'entry' : 'entries'}` : `${words} ${limit}`;

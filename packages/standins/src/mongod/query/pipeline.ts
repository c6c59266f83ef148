/** The aggregation stages that jobs, probes and the drivers' own helpers use. */
import { refusal } from '../errors.ts';
import { type Document, isDocument, toNumber } from '../wire/bson-codec.ts';
import { compareValues, distinctValues, sameValue } from './compare.ts';
import { compileFilter } from './filter.ts';
import { valueAt } from './paths.ts';
import { compileProjection } from './project.ts';
import { sortDocuments } from './sort.ts';

/** `$field.path`, `{$literal}`, a document of expressions, or a constant. */
const evaluate = (expression: unknown, document: Document): unknown => {
  if (typeof expression === 'string' && expression.startsWith('$')) return valueAt(document, expression.slice(1));
  if (!isDocument(expression)) return expression;
  if ('$literal' in expression) return expression.$literal;
  const operator = Object.keys(expression).find((name) => name.startsWith('$'));
  if (operator !== undefined) throw refusal('CommandNotSupported', `expression ${operator} is not played`);
  return Object.fromEntries(Object.entries(expression).map(([name, inner]) => [name, evaluate(inner, document)]));
};

type Accumulate = (values: readonly unknown[]) => unknown;

const numbers = (values: readonly unknown[]): number[] => values.flatMap((value) => toNumber(value) ?? []);
const present = (values: readonly unknown[]) => values.filter((value) => value !== undefined && value !== null);
const total = (values: readonly unknown[]): number => numbers(values).reduce((sum, value) => sum + value, 0);

const ACCUMULATORS: Readonly<Record<string, Accumulate>> = {
  $sum: total,
  $avg: (values) => (numbers(values).length === 0 ? null : total(values) / numbers(values).length),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $min: (values) => [...present(values)].sort(compareValues)[0] ?? null,
  $max: (values) => [...present(values)].sort(compareValues).at(-1) ?? null,
  $push: (values) => present(values),
  $addToSet: (values) => distinctValues(present(values)),
  $count: (values) => values.length,
};

const accumulated = (spec: unknown, group: readonly Document[]): unknown => {
  const [operator, expression] = isDocument(spec) ? (Object.entries(spec)[0] ?? []) : [];
  const accumulate = operator === undefined ? undefined : ACCUMULATORS[operator];
  if (accumulate === undefined) throw refusal('CommandNotSupported', `accumulator ${operator} is not played`);
  return accumulate(group.map((document) => evaluate(expression, document)));
};

const grouped = (documents: readonly Document[], spec: Document): Document[] => {
  const { _id: by, ...fields } = spec;
  const groups: Array<{ readonly id: unknown; readonly of: Document[] }> = [];
  for (const document of documents) {
    const id = evaluate(by, document) ?? null;
    const group = groups.find((one) => sameValue(one.id, id));
    if (group) group.of.push(document);
    else groups.push({ id, of: [document] });
  }
  return groups.map(({ id, of }) => ({
    _id: id,
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, accumulated(field, of)])),
  }));
};

const naturalOf = (spec: unknown, stage: string): number => {
  const number = toNumber(spec);
  if (number === undefined || number < 0) throw refusal('BadValue', `${stage} needs a number`);
  return number;
};

type Stage = (documents: readonly Document[], spec: unknown) => readonly Document[];

const STAGES: Readonly<Record<string, Stage>> = {
  $match: (documents, spec) => documents.filter(compileFilter(spec as Document)),
  $sort: (documents, spec) => sortDocuments(documents, spec as Document),
  $limit: (documents, spec) => documents.slice(0, naturalOf(spec, '$limit')),
  $skip: (documents, spec) => documents.slice(naturalOf(spec, '$skip')),
  $project: (documents, spec) => documents.map(compileProjection(spec as Document)),
  $group: (documents, spec) => grouped(documents, spec as Document),
  // Nothing in, nothing out: the count stage makes no document of an empty input.
  $count: (documents, spec) => (documents.length === 0 ? [] : [{ [String(spec)]: documents.length }]),
};

export const runPipeline = (input: readonly Document[], stages: readonly Document[]): Document[] => [
  ...stages.reduce<readonly Document[]>((documents, stage) => {
    const [name = '', spec] = Object.entries(stage)[0] ?? [];
    const run = STAGES[name];
    if (run === undefined) throw refusal('CommandNotSupported', `aggregation stage ${name} is not played`);
    return run(documents, spec);
  }, input),
];

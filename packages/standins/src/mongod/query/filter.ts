/** Query filters: which documents a find, update or delete means. */
import { refusal } from '../errors.ts';
import { type Document, isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';
import { compareValues, sameKind, sameValue } from './compare.ts';
import { valuesAt } from './paths.ts';

type Test = (values: readonly unknown[]) => boolean;

/** A condition meets an array when it meets the array itself or one of its elements. */
const withElements = (values: readonly unknown[]): unknown[] =>
  values.flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]));

const some =
  (test: (value: unknown) => boolean): Test =>
  (values) =>
    withElements(values).some(test);

const not =
  (test: Test): Test =>
  (values) =>
    !test(values);

const toRegExp = (source: unknown, options: string): RegExp => {
  const isBson = (source as { _bsontype?: string })._bsontype === 'BSONRegExp';
  const { pattern, options: own } = isBson
    ? (source as { pattern: string; options: string })
    : source instanceof RegExp
      ? { pattern: source.source, options: source.flags }
      : { pattern: String(source), options: '' };
  const flags = [...new Set(`${own}${options}`)].filter((flag) => 'imsu'.includes(flag)).join('');
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw refusal('Location51003', 'Regular expression is invalid');
  }
};

const isRegExp = (value: unknown): boolean =>
  value instanceof RegExp || (value as { _bsontype?: string } | null)?._bsontype === 'BSONRegExp';

const equals = (wanted: unknown): Test => {
  if (isRegExp(wanted)) return some((value) => typeof value === 'string' && toRegExp(wanted, '').test(value));
  // Null also means: the field is not there.
  if (wanted === null || wanted === undefined)
    return (values) => values.length === 0 || some((value) => value === null || value === undefined)(values);
  return some((value) => sameValue(value, wanted));
};

const ordered = (wanted: unknown, fits: (order: number) => boolean): Test =>
  some((value) => sameKind(value, wanted) && fits(compareValues(value, wanted)));

const list = (operator: string, value: unknown): unknown[] => {
  if (!Array.isArray(value)) throw refusal('BadValue', `${operator} needs an array`);
  return value;
};

const anyOf = (wanted: readonly unknown[]): Test => {
  const tests = wanted.map(equals);
  return (values) => tests.some((test) => test(values));
};

const TYPE_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  object: isDocument,
  array: Array.isArray,
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  number: (value) => toNumber(value) !== undefined,
  objectId: (value) => (value as { _bsontype?: string } | null)?._bsontype === 'ObjectId',
};

const typeTest = (name: unknown): Test => {
  const test = TYPE_TESTS[String(name)];
  if (test === undefined) throw refusal('BadValue', `Unknown type name alias: ${String(name)}`);
  return some(test);
};

const OPERATORS: Readonly<Record<string, (wanted: unknown, all: Document) => Test>> = {
  $eq: equals,
  $ne: (wanted) => not(equals(wanted)),
  $gt: (wanted) => ordered(wanted, (order) => order > 0),
  $gte: (wanted) => ordered(wanted, (order) => order >= 0),
  $lt: (wanted) => ordered(wanted, (order) => order < 0),
  $lte: (wanted) => ordered(wanted, (order) => order <= 0),
  $in: (wanted) => anyOf(list('$in', wanted)),
  $nin: (wanted) => not(anyOf(list('$nin', wanted))),
  $exists: (wanted) => (values) => values.length > 0 === toBoolean(wanted),
  $regex: (wanted, all) => equals(toRegExp(wanted, String(all.$options ?? ''))),
  $options: () => () => true,
  $not: (wanted) => not(isDocument(wanted) ? conditions(wanted) : equals(wanted)),
  $all: (wanted) => (values) => list('$all', wanted).every((one) => equals(one)(values)),
  $size: (wanted) => (values) => values.some((value) => Array.isArray(value) && value.length === toNumber(wanted)),
  $elemMatch: (wanted) => (values) =>
    values.some((value) => Array.isArray(value) && value.some(elementTest(wanted as Document))),
  $type: typeTest,
};

const hasOperators = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;

const elementTest = (wanted: Document): ((element: unknown) => boolean) => {
  if (hasOperators(wanted) && !('$and' in wanted || '$or' in wanted || '$nor' in wanted))
    return (element) => conditions(wanted)([element]);
  const matches = compileFilter(wanted);
  return (element) => isDocument(element) && matches(element);
};

const conditions = (wanted: Document): Test => {
  const tests = Object.entries(wanted).map(([operator, value]) => {
    const build = OPERATORS[operator];
    if (build === undefined) throw refusal('BadValue', `unknown operator: ${operator}`);
    return build(value, wanted);
  });
  return (values) => tests.every((test) => test(values));
};

export type Matches = (document: Document) => boolean;

const many = (operator: string, value: unknown): Matches[] => {
  const filters = list(operator, value);
  if (filters.length === 0) throw refusal('BadValue', '$and/$or/$nor must be a nonempty array');
  return filters.map((filter) => compileFilter(filter as Document));
};

const clause = ([name, wanted]: [string, unknown]): Matches => {
  if (name === '$comment') return () => true;
  if (name === '$and')
    return (
      (tests) => (document) =>
        tests.every((test) => test(document))
    )(many(name, wanted));
  if (name === '$or')
    return (
      (tests) => (document) =>
        tests.some((test) => test(document))
    )(many(name, wanted));
  if (name === '$nor')
    return (
      (tests) => (document) =>
        !tests.some((test) => test(document))
    )(many(name, wanted));
  if (name.startsWith('$')) throw refusal('BadValue', `unknown top level operator: ${name}`);
  const test = hasOperators(wanted) ? conditions(wanted) : equals(wanted);
  return (document) => test(valuesAt(document, name));
};

/** @throws CommandError BadValue for operators this stand-in (or any mongod) does not know */
export const compileFilter = (filter: Document | undefined): Matches => {
  const tests = Object.entries(filter ?? {}).map(clause);
  return (document) => tests.every((test) => test(document));
};

/** The fields an upsert starts from: equalities of the filter. */
export const equalities = (filter: Document): Document => {
  const found: Array<[string, unknown]> = Object.entries(filter).flatMap(([name, wanted]): Array<[string, unknown]> => {
    if (name === '$and') return list(name, wanted).flatMap((one) => Object.entries(equalities(one as Document)));
    if (name.startsWith('$') || isRegExp(wanted)) return [];
    if (!hasOperators(wanted)) return [[name, wanted]];
    return '$eq' in wanted ? [[name, wanted.$eq]] : [];
  });
  return Object.fromEntries(found);
};

/** Update operators and replacements: the new document, the old one untouched. */
import { Int32, Long } from 'bson';
import { refusal } from '../errors.ts';
import { type Document, isDocument, toNumber } from '../wire/bson-codec.ts';
import { compareValues, distinctValues, sameValue } from './compare.ts';
import { compileFilter } from './filter.ts';
import { valueAt, withoutPath, withValueAt } from './paths.ts';

type Operator = (document: Document, path: string, value: unknown, now: Date) => Document;

const change = (document: Document, path: string, how: (old: unknown) => unknown): Document => {
  if (path.includes('$')) throw refusal('CommandNotSupported', `positional path ${path} is not played`);
  return withValueAt(document, path.split('.'), how) as Document;
};

const numberAt = (old: unknown, path: string): number => {
  if (old === undefined) return 0;
  const number = toNumber(old);
  if (number === undefined)
    throw refusal('TypeMismatch', `Cannot apply $inc to a value of non-numeric type at ${path}`);
  return number;
};

/** Int32 while it fits, as the server widens; a double stays one. */
const numberLike = (result: number, ...operands: unknown[]): unknown => {
  const isDouble = operands.some((one) => (one as { _bsontype?: string } | undefined)?._bsontype === 'Double');
  if (isDouble || !Number.isInteger(result)) return result;
  const isLong = operands.some((one) => (one as { _bsontype?: string } | undefined)?._bsontype === 'Long');
  return isLong || Math.abs(result) > 0x7fffffff ? Long.fromNumber(result) : new Int32(result);
};

const listAt = (old: unknown, path: string): unknown[] => {
  if (old === undefined) return [];
  if (!Array.isArray(old)) throw refusal('BadValue', `The field '${path}' must be an array`);
  return old;
};

const pushed = (value: unknown): unknown[] => (isDocument(value) && Array.isArray(value.$each) ? value.$each : [value]);

const pulls = (value: unknown): ((element: unknown) => boolean) => {
  if (!isDocument(value)) return (element) => sameValue(element, value);
  const hasOperators = Object.keys(value)[0]?.startsWith('$') === true;
  if (hasOperators) return (element) => compileFilter({ it: value })({ it: element });
  return (element) => isDocument(element) && compileFilter(value)(element);
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  $set: (document, path, value) => change(document, path, () => value),
  $unset: (document, path) => withoutPath(document, path),
  $inc: (document, path, value) =>
    change(document, path, (old) => numberLike(numberAt(old, path) + numberAt(value, path), old, value)),
  $mul: (document, path, value) =>
    change(document, path, (old) => numberLike(numberAt(old, path) * numberAt(value, path), old, value)),
  $min: (document, path, value) =>
    change(document, path, (old) => (old === undefined || compareValues(value, old) < 0 ? value : old)),
  $max: (document, path, value) =>
    change(document, path, (old) => (old === undefined || compareValues(value, old) > 0 ? value : old)),
  $push: (document, path, value) => change(document, path, (old) => [...listAt(old, path), ...pushed(value)]),
  $addToSet: (document, path, value) =>
    change(document, path, (old) => distinctValues([...listAt(old, path), ...pushed(value)])),
  $pull: (document, path, value) =>
    valueAt(document, path) === undefined
      ? document
      : change(document, path, (old) => listAt(old, path).filter((one) => !pulls(value)(one))),
  $rename: (document, path, value) => {
    const moved = valueAt(document, path);
    return moved === undefined ? document : change(withoutPath(document, path), String(value), () => moved);
  },
  $currentDate: (document, path, _value, now) => change(document, path, () => now),
};

export const isReplacement = (update: unknown): boolean =>
  isDocument(update) && Object.keys(update)[0]?.startsWith('$') !== true;

const replaced = (old: Document | undefined, update: Document): Document => {
  if (old === undefined) return update;
  const { _id, ...rest } = update;
  return { _id: old._id, ...(_id !== undefined && { _id }), ...rest };
};

export interface UpdateOptions {
  /** An upsert makes the document: `$setOnInsert` counts, and the document may have no _id yet. */
  readonly inserting: boolean;
  readonly now: Date;
}

/** @throws CommandError FailedToParse for unknown modifiers, ImmutableField when _id would change */
export const applyUpdate = (old: Document, update: unknown, options: UpdateOptions): Document => {
  if (!isDocument(update)) throw refusal('CommandNotSupported', 'updates by pipeline are not played');
  if (isReplacement(update))
    return keepId(old, replaced(options.inserting && old._id === undefined ? undefined : old, update));
  const result = Object.entries(update).reduce<Document>((document, [operator, fields]) => {
    const name = operator === '$setOnInsert' ? '$set' : operator;
    const apply = OPERATORS[name];
    if (apply === undefined || !isDocument(fields))
      throw refusal('FailedToParse', `Unknown modifier: ${operator}. Expected a valid update modifier`);
    if (operator === '$setOnInsert' && !options.inserting) return document;
    return Object.entries(fields).reduce((made, [path, value]) => apply(made, path, value, options.now), document);
  }, old);
  return keepId(old, result);
};

const keepId = (old: Document, result: Document): Document => {
  if (old._id !== undefined && !sameValue(old._id, result._id))
    throw refusal('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
  return result;
};

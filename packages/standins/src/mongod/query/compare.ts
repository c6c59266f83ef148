/** The order of BSON values across types (docs: Comparison/Sort Order), and equality by it. */
import { type Document, toNumber } from '../wire/bson-codec.ts';

const bsonType = (value: unknown): string | undefined =>
  (value as { _bsontype?: string } | null | undefined)?._bsontype;

const RANK_BY_TYPE: Readonly<Record<string, number>> = {
  MinKey: 0,
  BSONSymbol: 3,
  Binary: 6,
  UUID: 6,
  ObjectId: 7,
  Timestamp: 10,
  BSONRegExp: 11,
  Code: 12,
  MaxKey: 13,
};

const rank = (value: unknown): number => {
  if (value === undefined || value === null) return 1;
  if (toNumber(value) !== undefined) return 2;
  if (typeof value === 'string') return 3;
  if (typeof value === 'boolean') return 8;
  if (Array.isArray(value)) return 5;
  if (value instanceof Date) return 9;
  if (value instanceof RegExp) return 11;
  return RANK_BY_TYPE[bsonType(value) ?? ''] ?? 4;
};

const order = <T extends string | number | bigint | boolean>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const compareLists = (a: readonly unknown[], b: readonly unknown[]): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const found = compareValues(a[at], b[at]);
    if (found !== 0) return found;
  }
  return order(a.length, b.length);
};

const compareDocuments = (a: Document, b: Document): number =>
  compareLists(Object.entries(a).flat(), Object.entries(b).flat());

const compareNumbers = (a: unknown, b: unknown): number => {
  if (bsonType(a) === 'Long' && bsonType(b) === 'Long') return order(BigInt(String(a)), BigInt(String(b)));
  return order(toNumber(a) ?? 0, toNumber(b) ?? 0);
};

export const compareValues = (a: unknown, b: unknown): number => {
  const kind = rank(a);
  const kinds = order(kind, rank(b));
  if (kinds !== 0) return kinds;
  if (kind === 0 || kind === 1 || kind === 13) return 0;
  if (kind === 2) return compareNumbers(a, b);
  if (kind === 4) return compareDocuments(a as Document, b as Document);
  if (kind === 5) return compareLists(a as unknown[], b as unknown[]);
  if (kind === 8) return order(Number(a), Number(b));
  if (kind === 9) return order((a as Date).getTime(), (b as Date).getTime());
  if (kind === 10) return order(BigInt(String(a)), BigInt(String(b)));
  return order(String(a), String(b));
};

export const sameValue = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;

/** Ordering operators only compare within a type: `{$gt: 5}` finds no strings. */
export const sameKind = (a: unknown, b: unknown): boolean => rank(a) === rank(b);

/** Each value once, in order of first appearance. */
export const distinctValues = (values: readonly unknown[]): unknown[] => {
  const seen: unknown[] = [];
  for (const value of values) if (!seen.some((there) => sameValue(there, value))) seen.push(value);
  return seen;
};

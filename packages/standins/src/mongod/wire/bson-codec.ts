/**
 * BSON with every number type kept: what a client stored as a double comes back as a double.
 * Numbers therefore arrive as Int32, Long or Double objects; `toNumber` reads them.
 */
import { type Document, deserialize, serialize } from 'bson';

export type { Document } from 'bson';

export const readDocument = (bytes: Uint8Array): Document =>
  deserialize(bytes, { promoteValues: false, bsonRegExp: true });

export const writeDocument = (document: Document): Uint8Array => serialize(document, { ignoreUndefined: true });

/** The number a BSON number (or a JS one) stands for; undefined for anything else. */
export const toNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return undefined;
  const type = (value as { _bsontype?: string })._bsontype;
  if (type === 'Int32' || type === 'Double') return Number((value as { value: number }).value);
  if (type === 'Long') return (value as { toNumber(): number }).toNumber();
  if (type === 'Decimal128') return Number(String(value));
  return undefined;
};

/** BSON truth: false, 0, null and nothing are false. */
export const toBoolean = (value: unknown): boolean => {
  if (value === undefined || value === null || value === false) return false;
  return toNumber(value) !== 0;
};

export const isDocument = (value: unknown): value is Document =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;

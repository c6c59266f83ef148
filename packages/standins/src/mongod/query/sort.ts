import { type Document, toNumber } from '../wire/bson-codec.ts';
import { compareValues } from './compare.ts';
import { valuesAt } from './paths.ts';

/** An array sorts by its least element upwards, by its greatest downwards. */
const sortKey = (document: Document, path: string, direction: number): unknown => {
  const values = valuesAt(document, path).flatMap((value) =>
    Array.isArray(value) && value.length > 0 ? value : [value],
  );
  return values.reduce(
    (best, value) => (best === undefined || compareValues(value, best) * direction < 0 ? value : best),
    values[0],
  );
};

/** A sorted copy; documents that compare equal keep their order. */
export const sortDocuments = (documents: readonly Document[], order: Document | undefined): Document[] => {
  const keys = Object.entries(order ?? {}).map(([path, value]) => [path, (toNumber(value) ?? 1) < 0 ? -1 : 1] as const);
  if (keys.length === 0) return [...documents];
  if (keys[0]?.[0] === '$natural') return keys[0][1] < 0 ? [...documents].reverse() : [...documents];
  return [...documents].sort((a, b) => {
    for (const [path, direction] of keys) {
      const found = compareValues(sortKey(a, path, direction), sortKey(b, path, direction)) * direction;
      if (found !== 0) return found;
    }
    return 0;
  });
};

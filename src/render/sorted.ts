import { requireUtf8 } from './refuse.ts';

/**
 * Keys sorted at every depth, so that the text does not depend on how an object was put together.
 * @param file where it is written, for the error
 * @throws ChatopsError CONFIG_INVALID for a text that is no UTF-8
 */
export const sorted = (value: unknown, file: string): unknown => {
  if (typeof value === 'string') return requireUtf8(value, file);
  if (Array.isArray(value)) return value.map((each) => sorted(each, file));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner, file)]));
};

/** Reading what may be missing, null or of any other type: payloads differ by version, edition and hook. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = {};

export const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NOTHING;

/** The value at a path of own keys. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, key) => {
    const fields = record(found);
    return Object.hasOwn(fields, key) ? fields[key] : undefined;
  }, value);

/** A list stays one; anything else, a text too, has no items. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text or a finite number; anything else is empty. */
export const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
};

/** The first of the values that has a text. */
export const firstText = (...values: readonly unknown[]): string => {
  for (const value of values) if (text(value).trim() !== '') return text(value);
  return '';
};

/** A whole number that is not negative, also written as a text. */
export const whole = (value: unknown): number | undefined => {
  const written = text(value);
  return /^\d{1,15}$/.test(written) ? Number(written) : undefined;
};

export const amount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** Whatever is not clearly "no" counts: for flags that hide something. */
export const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== 0 && value !== '' && value !== 'false';

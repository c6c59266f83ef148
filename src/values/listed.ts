const joined = (things: readonly string[], word: string): string => {
  const last = things.at(-1);
  if (last === undefined || things.length === 1) return last ?? '';
  return `${things.slice(0, -1).join(', ')}${things.length === 2 ? '' : ','} ${word} ${last}`;
};

/** `a`, `a and b`, `a, b, and c`. Not by `Intl`: Node takes 25 ms to load what it knows of languages. */
export const listed = (things: readonly string[]): string => joined(things, 'and');

/** `a`, `a or b`, `a, b, or c`. */
export const either = (things: readonly string[]): string => joined(things, 'or');

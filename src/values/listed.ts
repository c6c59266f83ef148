/** `a`, `a and b`, `a, b, and c`. */
export const listed = (things: readonly string[]): string => new Intl.ListFormat('en').format(things);

/** `a`, `a or b`, `a, b, or c`. */
export const either = (things: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(things);

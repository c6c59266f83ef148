/** Keys in the order in which editors and messages list them; those that are not named come last, as they stood. */
export interface KeyOrder {
  /** Of the first level. */
  readonly file: readonly string[];
  readonly images: readonly string[];
  readonly timeouts: readonly string[];
  /** Deadlines that `init` shows. Default: the first two. */
  readonly examples?: readonly string[];
}

export const inKeyOrder = <T>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
  order: readonly string[],
): readonly T[] => {
  const rankOf = (entry: T): number => {
    const rank = order.indexOf(keyOf(entry));
    return rank === -1 ? order.length : rank;
  };
  return entries.toSorted((a, b) => rankOf(a) - rankOf(b));
};

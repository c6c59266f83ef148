/** For rules against doubles: each entry whose key an earlier one had, with the place of the earlier one. */
export const repeats = <T>(
  list: readonly T[],
  keyOf: (entry: T) => string,
): readonly { readonly entry: T; readonly index: number; readonly first: number }[] => {
  const seen = new Map<string, number>();
  return list.flatMap((entry, index) => {
    const first = seen.get(keyOf(entry));
    if (first !== undefined) return [{ entry, index, first }];
    seen.set(keyOf(entry), index);
    return [];
  });
};

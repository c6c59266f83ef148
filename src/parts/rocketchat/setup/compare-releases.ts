/** Numbers of `8.5.3`; undefined where there are fewer, as in `8.5`. */
const partsOf = (release: string): readonly number[] | undefined => {
  const found = /^(\d+)\.(\d+)\.(\d+)/.exec(release);
  return found?.slice(1).map(Number);
};

/** -1, 0, 1; NaN, which is neither, when one of the two is no full release. */
export const compareReleases = (one: string, other: string): number => {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a === undefined || b === undefined) return Number.NaN;
  const index = a.findIndex((part, at) => part !== b[at]);
  return index === -1 ? 0 : Math.sign((a[index] ?? 0) - (b[index] ?? 0));
};

/** Which lines of a text were taken out and put in: the longest common run of lines stays. For short texts. Pure. */
export interface LineChange {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly line: string;
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** `lengths[i][j]`: how many lines the rests from line i and line j have in common. */
const commonLengths = (before: readonly string[], after: readonly string[]): readonly (readonly number[])[] => {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] as number[];
      const below = lengths[i + 1] as number[];
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
};

export const lineChanges = (before: string, after: string): readonly LineChange[] => {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const lengths = commonLengths(old, fresh);
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [removed, added] = [old[i], fresh[j]];
    if (removed !== undefined && removed === added) {
      changes.push({ kind: 'kept', line: removed });
      [i, j] = [i + 1, j + 1];
    } else if (removed !== undefined && (added === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: 'removed', line: removed });
      i += 1;
    } else {
      changes.push({ kind: 'added', line: added ?? '' });
      j += 1;
    }
  }
  return changes;
};

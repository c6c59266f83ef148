/** The nearest right word to a misspelt one. */

/** Edits between two words: a letter more, less, another, or two neighbours swapped (Damerau-Levenshtein, restricted). */
export const editDistance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now.push(
        Math.min(
          at(last, column) + 1,
          at(now, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = now;
  }
  return at(last, b.length);
};

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

/** Longer words are no misspelling of anything here, and comparing them would cost their product. */
const LONGEST = 64;

/** About a third of the letters may be wrong. The first of equally near words wins; case, - and _ hardly count. */
export const nearest = (word: string, right: Iterable<string>): string | undefined => {
  if (word.length > LONGEST) return undefined;
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of right) {
    const distance = candidate.length > LONGEST ? Number.POSITIVE_INFINITY : distanceIfNear(word, candidate);
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { word: candidate, distance };
  }
  return best?.word;
};

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/[-_.]/);

const holds = (whole: readonly string[], part: readonly string[]): boolean =>
  whole.some((_, from) => part.every((word, index) => whole[from + index] === word));

/**
 * One that is the word with more words around it, or has more around itself: `small-cat` for `cat`, `push` for
 * `push_events`. Of those within the word the longest; of those around it the only one.
 */
export const related = (word: string, right: Iterable<string>): string | undefined => {
  const words = wordsOf(word);
  const all = [...right].map((candidate) => ({ candidate, words: wordsOf(candidate) }));
  const within = all.filter((each) => each.words.length < words.length && holds(words, each.words));
  const around = all.filter((each) => each.words.length > words.length && holds(each.words, words));
  const [longest] = within.toSorted((one, other) => other.words.length - one.words.length);
  return longest?.candidate ?? (around.length === 1 ? around[0]?.candidate : undefined);
};

const distanceIfNear = (word: string, candidate: string): number => {
  if (word === candidate) return 0;
  const [a, b] = [fold(word), fold(candidate)];
  const distance = editDistance(a, b);
  const allowed = Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));
  // One letter for another is no misspelling of a word of one letter.
  const near = distance <= allowed && distance < Math.min(a.length, b.length);
  return near ? distance + 0.5 : Number.POSITIVE_INFINITY;
};

const fold = (word: string): string => word.toLowerCase().replaceAll(/[-_]/g, '');

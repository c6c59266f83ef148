import type { Finding } from '../finding.ts';
import { formatPath, type Path } from '../path.ts';
import { show } from '../show.ts';
import { repeats } from './repeats.ts';

/** A name that stands twice in one list is mostly another one that was meant. */
export const namedTwice = (path: Path, entries: readonly string[]): readonly Finding[] =>
  repeats(entries, (entry) => entry).map(({ entry, index, first }) => ({
    path: [...path, index],
    message: `${show(entry)} stands twice, first at ${formatPath([...path, first])}`,
    fix: 'keep one of the two',
  }));

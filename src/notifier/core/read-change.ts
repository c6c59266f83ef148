/** Reading GitLab's `changes`: `{previous, current}`, or (when a review is asked for again) a list of the two. */
import { at } from './read.ts';

export const before = (change: unknown): unknown => (Array.isArray(change) ? change[0] : at(change, 'previous'));

export const after = (change: unknown): unknown => (Array.isArray(change) ? change[1] : at(change, 'current'));

/** Nothing, in any of GitLab's ways to say it. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** Whether a change changes something: `null → 0` does not, nor does `a → a`. */
export const isReal = (change: unknown): boolean => {
  const [was, is] = [before(change), after(change)];
  if (isNothing(was) || isNothing(is)) return isNothing(was) !== isNothing(is);
  return JSON.stringify(was) !== JSON.stringify(is);
};

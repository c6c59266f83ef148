import type { Part } from '../contracts/part.ts';

/** What the parts bring only where it is used, in their order; those that bring none are passed over. */
export const loadedFrom = async <T>(
  parts: readonly Part[],
  load: (part: Part) => Promise<T> | undefined,
): Promise<readonly T[]> =>
  (await Promise.all(parts.map(load))).filter((each): each is Awaited<T> => each !== undefined);

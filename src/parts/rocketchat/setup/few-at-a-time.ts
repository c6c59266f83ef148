/**
 * `work` for each item, `atOnce` of them running, answers in the items' order. After the first failure no other item
 * is begun, and it is thrown when those that were running have ended.
 */
export const fewAtATime = async <T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const answers = new Array<R>(items.length);
  const queue = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    // One iterator for all workers: each takes the next item nobody has.
    for (const [index, item] of queue) {
      try {
        answers[index] = await work(item);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
      if (failed) return;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return answers;
};

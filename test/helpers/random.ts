/** Random moments that can be had again: the seed stands in the name of the test. */

/** CHATOPS_SEED, else another one each time. */
export const seed = Number(process.env.CHATOPS_SEED ?? Date.now() % 1_000_000);

/** mulberry32: the same numbers, from 0 up to 1, for the same seed. */
export const createRandom = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * The secrets that a relay takes: the one it was started with, and for a while those before it, as hooks send theirs
 * until each has been given the new one. Kept as digests; pure.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface TakenSecret {
  /** SHA-256, lower-case hex. */
  readonly digest: string;
  /** Of a former one: when it is refused at last, ms since 1970. */
  readonly until?: number;
}

/** More were never on their way at once. */
const MOST_FORMER = 4;
/** A run that changes hooks ends it much earlier. */
const FORMER_FOR_MS = 24 * 60 * 60 * 1_000;

export const digestOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

const isStillTaken = ({ until }: TakenSecret, now: number): boolean => until === undefined || until > now;

/** @param now ms since 1970 @returns the current one first */
export const withCurrent = (taken: readonly TakenSecret[], digest: string, now: number): readonly TakenSecret[] => {
  const former = taken
    .filter((each) => each.digest !== digest && isStillTaken(each, now))
    .map((each) => ({ digest: each.digest, until: each.until ?? now + FORMER_FOR_MS }));
  return [{ digest }, ...former.slice(0, MOST_FORMER)];
};

/** The current one alone. */
export const withoutFormer = (taken: readonly TakenSecret[]): readonly TakenSecret[] => taken.slice(0, 1);

/** @returns the current one first */
export const digestsTaken = (taken: readonly TakenSecret[], now: number): readonly string[] =>
  taken.filter((each) => isStillTaken(each, now)).map(({ digest }) => digest);

/** Always compares with all of them, 32 bytes each: how long it takes tells nothing. */
export const isAmong = (given: string | undefined, digests: readonly string[]): boolean => {
  const bytes = Buffer.from(digestOf(given ?? ''), 'hex');
  const fits = digests.map((digest) => timingSafeEqual(bytes, Buffer.from(digest, 'hex')));
  return fits.includes(true) && given !== undefined && given !== '';
};

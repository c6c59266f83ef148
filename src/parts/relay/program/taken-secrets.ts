/**
 * What a relay takes: the secret it was started with, or the tokens of hooks made of it, and for a while what it took
 * before, as hooks send theirs until each has been given the new one. Kept as digests; pure.
 */
import { timingSafeEqual } from 'node:crypto';
import { type HookTo, type RoomTokens, roomTokens } from '../../../contracts/hook-token.ts';
import type { Secret } from '../../../values/secret.ts';
import { sha256Hex } from '../../../values/sha256.ts';

export interface TakenSecret {
  /** SHA-256, lower-case hex. */
  readonly digest: string;
  /** Who may send into which room. Absent: who sends the secret itself, into every one. */
  readonly hooks?: readonly RoomTokens[];
  /** Of a former one: when it is refused at last, ms since 1970. */
  readonly until?: number;
}

/** More were never on their way at once. */
const MOST_FORMER = 4;
/** A run that changes hooks ends it much earlier. */
const FORMER_FOR_MS = 24 * 60 * 60 * 1_000;

/** @param hooks undefined: all of them send the secret itself */
export const takenOf = (secret: Secret, hooks: readonly HookTo[] | undefined): TakenSecret => ({
  digest: sha256Hex(secret.reveal()),
  ...(hooks && { hooks: roomTokens(secret, hooks) }),
});

const isStillTaken = ({ until }: TakenSecret, now: number): boolean => until === undefined || until > now;

const isSame = (one: TakenSecret, another: TakenSecret): boolean =>
  one.digest === another.digest && (one.hooks === undefined) === (another.hooks === undefined);

/** @param now ms since 1970 @returns the current one first */
export const withCurrent = (
  taken: readonly TakenSecret[],
  current: TakenSecret,
  now: number,
): readonly TakenSecret[] => {
  const former = taken
    .filter((each) => !isSame(each, current) && isStillTaken(each, now))
    .map((each) => ({ ...each, until: each.until ?? now + FORMER_FOR_MS }));
  return [current, ...former.slice(0, MOST_FORMER)];
};

/** The current one alone. */
export const withoutFormer = (taken: readonly TakenSecret[]): readonly TakenSecret[] => taken.slice(0, 1);

/** @returns the current one first */
export const stillTaken = (taken: readonly TakenSecret[], now: number): readonly TakenSecret[] =>
  taken.filter((each) => isStillTaken(each, now));

/** Always compares with all of them, as many bytes as each has: how long it takes gives nothing away. */
const fitting = (given: string | undefined, digests: readonly string[]): readonly boolean[] => {
  const bytes = Buffer.from(sha256Hex(given ?? ''), 'hex');
  return digests.map((digest) => {
    const known = Buffer.from(digest, 'hex');
    return timingSafeEqual(bytes.subarray(0, known.length), known) && known.length >= 16 && !!given;
  });
};

export const isAmong = (given: string | undefined, digests: readonly string[]): boolean =>
  fitting(given, digests).includes(true);

/** What was sent along, by what it may do. `known`: it is one of ours, for another room. */
export type Opens = 'room' | 'known' | 'nothing';

export const opens = (given: string | undefined, taken: readonly TakenSecret[], room: string): Opens => {
  const secrets = fitting(
    given,
    taken.map(({ digest }) => digest),
  );
  const tokens = taken.flatMap(({ hooks = [] }) =>
    hooks.map((each) => ({ ...each, fits: isAmong(given, each.tokens) })),
  );
  if (taken.some(({ hooks }, index) => hooks === undefined && secrets[index])) return 'room';
  if (tokens.some((each) => each.fits && each.room === room)) return 'room';
  return secrets.includes(true) || tokens.some(({ fits }) => fits) ? 'known' : 'nothing';
};

/** What a delivery's token opens. All that is known is looked at, whatever fits: how long it takes says nothing. */
import { sha256 } from './sha256.ts';

/** Lower-case hex SHA-256 of a secret, or the first half of that of a hook's token. */
const DIGEST = /^(?:[0-9a-f]{64}|[0-9a-f]{32})$/;
/** No secret is longer; a header of megabytes is not digested. */
const LONGEST = 4_096;

/** Looks at every character of the digest whatever was found before. */
const isSame = (own: string, digest: string): boolean => {
  let difference = DIGEST.test(digest) ? 0 : 1;
  for (let i = 0; i < digest.length; i += 1) difference |= (own.charCodeAt(i) | 0) ^ (digest.charCodeAt(i) | 0);
  return difference === 0;
};

/** The hooks into a room, by digests of their tokens. */
export interface RoomTokens {
  readonly room: string;
  readonly tokens: readonly string[];
}

/** What is taken for as long as one secret counts. */
export interface Taken {
  /** Of the kept secret. */
  readonly secretSha256: string;
  /** Absent: the secret itself opens every room, as before hooks had tokens of their own. */
  readonly hooks?: readonly RoomTokens[];
}

export interface Opened {
  /** It is the kept secret: opens what names no room. */
  readonly isSecret: boolean;
  /** It opens every room that there is. */
  readonly every: boolean;
  /** Rooms that it opens. */
  readonly rooms: readonly string[];
}

/** @returns undefined for nothing, and for what is no secret and no token of ours */
export const openedBy = (given: unknown, taken: readonly Taken[]): Opened | undefined => {
  const text = typeof given === 'string' && given.length <= LONGEST ? given : '';
  const own = sha256(text);
  const fitting = taken.filter(({ secretSha256 }) => isSame(own, secretSha256));
  const rooms = taken
    .flatMap(({ hooks = [] }) => hooks)
    .filter(({ tokens }) => tokens.filter((token) => isSame(own, token)).length > 0)
    .map(({ room }) => room);
  if (text === '' || fitting.length + rooms.length === 0) return undefined;
  return { isSecret: fitting.length > 0, every: fitting.some(({ hooks }) => hooks === undefined), rooms };
};

/**
 * What a hook sends to show that it is ours: a token of its own, made of the kept secret, the place it announces and the
 * room. Who learns one can send into that room only, and learns neither the secret nor another token. Pure.
 */
import { createHmac } from 'node:crypto';
import type { HookSource } from '../stack/stack.ts';
import { Secret } from '../values/secret.ts';
import { sha256Hex } from '../values/sha256.ts';

/** A hook of ours, as far as its token goes. */
export interface HookTo {
  readonly source: HookSource;
  /** Without `#`. */
  readonly room: string;
}

/** Paths of a forge do not tell capitals apart. */
const keyOf = (source: HookSource): readonly string[] =>
  source.kind === 'instance' ? [source.kind] : [source.kind, source.path.toLowerCase()];

/** So begins every token, so that one is known and hidden wherever somebody shows it. */
const PREFIX = 'chatops-hook-';

/** HMAC-SHA-256 (RFC 2104) over place and room: 43 letters, digits, - and _ after the prefix. */
export const hookToken = (secret: Secret, { source, room }: HookTo): Secret => {
  const mac = createHmac('sha256', secret.reveal()).update(JSON.stringify([...keyOf(source), room]));
  return new Secret(`${PREFIX}${mac.digest('base64url')}`);
};

/** What the receiver of hooks knows of those into one room. */
export interface RoomTokens {
  readonly room: string;
  /** The first 32 hexadecimal digits of the SHA-256 of each token; no two are the same. */
  readonly tokens: readonly string[];
}

const digestOf = (token: Secret): string => sha256Hex(token.reveal()).slice(0, 32);

/** The same for the same hooks, in whatever order they are named. */
export const roomTokens = (secret: Secret, hooks: readonly HookTo[]): readonly RoomTokens[] => {
  const byRoom = new Map<string, Set<string>>();
  for (const hook of hooks) {
    const tokens = byRoom.get(hook.room) ?? new Set();
    byRoom.set(hook.room, tokens.add(digestOf(hookToken(secret, hook))));
  }
  return [...byRoom]
    .map(([room, tokens]) => ({ room, tokens: [...tokens].toSorted() }))
    .toSorted((one, another) => (one.room < another.room ? -1 : 1));
};

/** What is sent into a room in the name of the first hook to it; the secret itself, which opens none, where there is none. */
export const tokenInto = (secret: Secret, hooks: readonly HookTo[], room: string): Secret => {
  const hook = hooks.find((each) => each.room === room);
  return hook === undefined ? secret : hookToken(secret, hook);
};

/** How a hook of ours looks, and how ours are told apart from others'. */

import type { ForgeHook } from '../../../contracts/forge.ts';
import { roomBehind } from '../../../contracts/hook-address.ts';
import type { HookSource } from '../../../contracts/hook-places.ts';
import { type HookTo, hookToken } from '../../../contracts/hook-token.ts';
import type { Secret } from '../../../values/secret.ts';
import { sha256Hex } from '../../../values/sha256.ts';
import type { GitLabSeen, SeenPlace } from './model.ts';
import type { GitLabSetupSpec } from './spec.ts';

export const hookName = (mark: string, room: string): string => `${mark} #${room}`;

/** 32 bits: enough to see that a token was changed. */
const digestOf = (token: Secret): string => sha256Hex(token.reveal()).slice(0, 8);

/** Shown to Maintainers beside the hook; lets a later run know which token GitLab was given, as it never shows that. */
export const hookDescription = (token: Secret): string =>
  `Announces in the chat. Made by chatops-up, change it in chatops.yaml. Secret ${digestOf(token)}.`;

/** The digest that a description of ours ends with; undefined where a user wrote another one, or there is none. */
const namedDigest = ({ description = '' }: ForgeHook): string | undefined =>
  /Secret ([0-9a-f]{8})\.$/.exec(description)?.[1];

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);

const ownOrigins = (
  { receiver, former, formerPrefix }: Pick<GitLabSetupSpec, 'receiver' | 'former' | 'formerPrefix'>,
  seen: Pick<GitLabSeen, 'receiver' | 'former'>,
  room: string,
): ReadonlySet<string | undefined> => {
  const refs = [receiver, ...(former ? [former] : [])];
  const urls = refs.flatMap((ref) => [
    ...(ref.kind === 'relay' ? [ref.publicUrl] : []),
    ref.target.kind === 'url' ? ref.target.url : `http://${ref.target.endpoint.service}:${ref.target.endpoint.port}`,
  ]);
  const asked = [seen.receiver, seen.former].flatMap((address) => address?.url(room).reveal() ?? []);
  return new Set([...urls, ...asked, ...(formerPrefix === undefined ? [] : [formerPrefix])].map(originOf));
};

/**
 * Another stack of the same name made it: it names a token that does not follow from our secret, and sends somewhere that
 * is no receiver of ours. One of the two alone is a secret that was changed, or a chat that has moved. 0.1 named the
 * secret itself.
 */
const isOfAnother = (
  hook: ForgeHook,
  place: HookTo,
  spec: Pick<GitLabSetupSpec, 'receiver' | 'former' | 'formerPrefix'>,
  seen: Pick<GitLabSeen, 'receiver' | 'former' | 'secret'>,
): boolean => {
  const named = namedDigest(hook);
  if (named === undefined) return false;
  const own = [hookToken(seen.secret, place), seen.secret].map(digestOf);
  return !own.includes(named) && !ownOrigins(spec, seen, place.room).has(originOf(hook.url.reveal()));
};

export interface HookOwner {
  readonly room: string;
  /** `another`: a stack that is called as this one is. */
  readonly stack: 'this' | 'another';
}

/**
 * Whose hook it is; undefined for one that no stack of this name made. By its name from 17.1 on, where an address may be
 * copied by a user; below, by the address of our receiver or of the one before it, which is all there is.
 */
export const ownerOf = (
  hook: ForgeHook,
  source: HookSource,
  spec: Pick<GitLabSetupSpec, 'mark' | 'receiver' | 'former' | 'formerPrefix'>,
  seen: Pick<GitLabSeen, 'receiver' | 'former' | 'secret'>,
): HookOwner | undefined => {
  const { name, url } = hook;
  if (name === undefined) {
    const known = seen.receiver?.roomOf(url) ?? seen.former?.roomOf(url);
    const room = known ?? (spec.formerPrefix === undefined ? undefined : roomBehind(spec.formerPrefix, url));
    return room === undefined ? undefined : { room, stack: 'this' };
  }
  const start = `${spec.mark} #`;
  if (!name.startsWith(start)) return undefined;
  const room = name.slice(start.length);
  return { room, stack: isOfAnother(hook, { source, room }, spec, seen) ? 'another' : 'this' };
};

/** The room of a hook of ours; undefined for anybody else's. */
const roomOfOurs = (...asked: Parameters<typeof ownerOf>): string | undefined => {
  const owner = ownerOf(...asked);
  return owner?.stack === 'this' ? owner.room : undefined;
};

/** Hooks of ours at a place, each with its room; none where it was not seen. */
export const oursAt = (
  { source, state }: SeenPlace,
  spec: Parameters<typeof ownerOf>[2],
  seen: Parameters<typeof ownerOf>[3],
): readonly { readonly hook: ForgeHook; readonly room: string }[] =>
  state.kind !== 'seen'
    ? []
    : state.hooks.flatMap((hook) => {
        const room = roomOfOurs(hook, source, spec, seen);
        return room === undefined ? [] : [{ hook, room }];
      });

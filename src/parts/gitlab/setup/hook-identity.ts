/** How a hook of ours looks, and how ours are told apart from others'. */

import type { ForgeHook } from '../../../contracts/forge.ts';
import { roomBehind } from '../../../contracts/hook-address.ts';
import type { Secret } from '../../../values/secret.ts';
import { sha256Hex } from '../../../values/sha256.ts';
import type { GitLabSeen } from './model.ts';
import type { GitLabSetupSpec } from './spec.ts';

export const hookName = (mark: string, room: string): string => `${mark} #${room}`;

/** 32 bits: enough to see that a token was changed. */
const digestOf = (token: Secret): string => sha256Hex(token.reveal()).slice(0, 8);

/** Shown to Maintainers beside the hook; lets a later run know which token GitLab was given, as it never shows that. */
export const hookDescription = (token: Secret): string =>
  `Announces in the chat. Made by chatops-up, change it in chatops.yaml. Secret ${digestOf(token)}.`;

/**
 * The room of a hook of ours; undefined for anybody else's. By its name from 17.1 on, where an address may be copied
 * by a user; below, by the address of our receiver or of the one before it, which is all there is.
 */
export const roomOfOurs = (
  { name, url }: ForgeHook,
  { mark, formerPrefix }: Pick<GitLabSetupSpec, 'mark' | 'formerPrefix'>,
  { receiver, former }: Pick<GitLabSeen, 'receiver' | 'former'>,
): string | undefined => {
  if (name === undefined) {
    const known = receiver?.roomOf(url) ?? former?.roomOf(url);
    return known ?? (formerPrefix === undefined ? undefined : roomBehind(formerPrefix, url));
  }
  const start = `${mark} #`;
  return name.startsWith(start) ? name.slice(start.length) : undefined;
};

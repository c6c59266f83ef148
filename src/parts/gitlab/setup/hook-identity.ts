/** How a hook of ours looks, and how ours are told from other people's. */

import type { ForgeHook } from '../../../contracts/forge.ts';
import { Secret } from '../../../values/secret.ts';
import type { ChatAddress } from './model.ts';

export const hookName = (mark: string, room: string): string => `${mark} #${room}`;

/** Shown to Maintainers beside the hook; tells a later run which secret GitLab was given, as it never shows that. */
export const hookDescription = (secretDigest: string): string =>
  `Announces in the chat. Made by chatops-up, change it in chatops.yaml. Secret ${secretDigest}.`;

const prefixOf = (chat: ChatAddress): string => `${chat.base}/hooks/${chat.id}/`;

/** The room a hook's URL names; Rocket.Chat hands the query to the notifier. */
export const hookUrl = (chat: ChatAddress, room: string): Secret =>
  new Secret(`${prefixOf(chat)}${chat.token.reveal()}?channel=${encodeURIComponent(room)}`);

const roomInUrl = (url: string): string | undefined =>
  URL.canParse(url) ? (new URL(url).searchParams.get('channel') ?? undefined) : undefined;

/**
 * The room of a hook of ours; undefined for anybody else's. By its name from 17.1 on, where an address may be copied
 * by a person; below, by the address of our webhook, which is all there is.
 */
export const roomOfOurs = (hook: ForgeHook, mark: string, chat: ChatAddress | undefined): string | undefined => {
  if (hook.name !== undefined) {
    const start = `${mark} #`;
    return hook.name.startsWith(start) ? hook.name.slice(start.length) : undefined;
  }
  if (chat === undefined || !hook.url.reveal().startsWith(prefixOf(chat))) return undefined;
  return roomInUrl(hook.url.reveal());
};

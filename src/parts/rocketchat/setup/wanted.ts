/** What the job wants, in the same field names as `seen.ts` uses for what is there: a difference is a comparison. */

import type { RoomKind, SettingValue, WantedWebhook } from '../rocketchat.ts';
import type { RocketChatSetupSpec } from './spec.ts';

export interface Wanted {
  /** Ours carry this: rooms in a custom field, accounts in their bio, webhooks in their name. */
  readonly mark: string;
  readonly admin: string;
  /** Setting id → value. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** The bot first. */
  readonly users: readonly WantedUser[];
  readonly bot: string;
  readonly rooms: readonly WantedRoom[];
  readonly webhook?: WantedWebhook;
}

export interface WantedUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** Name of the variable that holds it. */
  readonly password: string;
}

export interface WantedRoom {
  readonly name: string;
  readonly kind: RoomKind;
  readonly readOnly: boolean;
  readonly members: readonly string[];
}

/** Made by the server itself at its first start, with this very id: may be used without being ours. */
export const GENERAL_ID = 'GENERAL';

/**
 * The bio is the one place that `users.create` keeps on every server and `users.info` shows to an administrator:
 * custom fields of accounts are dropped unless an administrator declared them (`Accounts_CustomFields`), and lists
 * show neither (RocketChat/Rocket.Chat: app/lib/server/functions/getFullUserData.ts, app/api/server/lib/users.ts).
 */
export const bioOf = (mark: string): string => `Account made by chatops-up [${mark}]`;
/** The brackets keep a stack called `a` from owning the accounts of a stack called `ab`. */
export const bearsMark = (bio: string, mark: string): boolean => bio.includes(`[${mark}]`);

export const buildWanted = (spec: RocketChatSetupSpec, script: string): Wanted => ({
  mark: spec.mark,
  admin: spec.admin.username,
  settings: spec.settings,
  users: [spec.bot, ...spec.users],
  bot: spec.bot.username,
  rooms: spec.rooms,
  ...(spec.webhook && {
    webhook: { name: spec.webhook.name, room: spec.webhook.room, poster: spec.bot.username, script },
  }),
});

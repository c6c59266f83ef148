/** What the Mattermost stand-in knows: one team, its channels, one bot, one incoming webhook, posts. */

import { randomBytes } from '../kit/chance.ts';
export interface Post {
  readonly id: string;
  readonly channel_id: string;
  readonly user_id: string;
  readonly create_at: number;
  readonly update_at: number;
  readonly edit_at: number;
  readonly delete_at: number;
  readonly message: string;
  readonly type: string;
  readonly root_id: '';
  readonly original_id: '';
  readonly hashtags: '';
  readonly pending_post_id: '';
  readonly is_pinned: false;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Whether the bot is in it. */
  readonly joined: boolean;
}

export interface World {
  readonly team: { readonly id: string; readonly name: string };
  readonly channels: readonly Channel[];
  readonly bot: { readonly id: string; readonly username: string; readonly token: string };
  readonly hook: string;
  /** In order of creation. */
  readonly posts: Map<string, Post>;
  /** Every change of a post: its id and the text it then had, first one included. */
  readonly history: { readonly id: string; readonly message: string }[];
  /** `pending_post_id` → post: seen for 30 s on a server, here for ever unless cleared. */
  readonly pending: Map<string, string>;
}

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769';

/** As model.NewId: 26 characters of base 32. */
export const newId = (): string => [...randomBytes(26)].map((byte) => ALPHABET[byte & 31]).join('');

export interface WorldFacts {
  /** Default `works`. */
  readonly team?: string | undefined;
  /** Names of channels that the bot is in. Default `builds` and `ops`. */
  readonly channels?: readonly string[] | undefined;
  /** The bot's token. Default: made anew. */
  readonly token?: string | undefined;
  /** Id of the incoming webhook. Default: made anew. */
  readonly hook?: string | undefined;
}

/** One channel more, `closed`, has the bot as no member. */
export const createWorld = ({ team = 'works', channels = ['builds', 'ops'], token, hook }: WorldFacts = {}): World => ({
  team: { id: newId(), name: team },
  channels: [
    ...channels.map((name) => ({ id: newId(), name, joined: true })),
    { id: newId(), name: 'closed', joined: false },
  ],
  bot: { id: newId(), username: 'chatops', token: token ?? newId() },
  hook: hook ?? newId(),
  posts: new Map(),
  history: [],
  pending: new Map(),
});

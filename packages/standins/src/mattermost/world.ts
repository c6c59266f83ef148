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
  readonly type: 'O' | 'P';
  /** Ids of users, the bot among them. */
  readonly members: Set<string>;
}

/** Somebody who logs in with a password. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

export interface World {
  readonly team: { readonly id: string; readonly name: string };
  readonly channels: Channel[];
  /** All of them are in the team. */
  readonly people: Person[];
  /** Token of a login → id of who logged in. */
  readonly sessions: Map<string, string>;
  readonly bot: { readonly id: string; readonly username: string; readonly token: string };
  readonly hook: string;
  /** In order of creation. */
  readonly posts: Map<string, Post>;
  /** Every change of a post: its id and the text it then had, first one included. */
  readonly history: { readonly id: string; readonly message: string }[];
  /** `pending_post_id` → post: seen for 30 s on a server, here for ever unless cleared. */
  readonly pending: Map<string, string>;
  /** Called with every post that is made. */
  readonly listeners: Set<(post: Post, channel: Channel) => void>;
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
export const createWorld = ({ team = 'works', channels = ['builds', 'ops'], token, hook }: WorldFacts = {}): World => {
  const bot = { id: newId(), username: 'chatops', token: token ?? newId() };
  return {
    team: { id: newId(), name: team },
    channels: [
      ...channels.map((name): Channel => ({ id: newId(), name, type: 'O', members: new Set([bot.id]) })),
      { id: newId(), name: 'closed', type: 'O', members: new Set() },
    ],
    people: [],
    sessions: new Map(),
    bot,
    hook: hook ?? newId(),
    posts: new Map(),
    history: [],
    pending: new Map(),
    listeners: new Set(),
  };
};

/** What the Mattermost stand-in knows: teams, channels, accounts, tokens, incoming webhooks, posts. */

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

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly display_name: string;
  readonly description: string;
  readonly type: 'O' | 'I';
  /** Ids of users. */
  readonly members: Set<string>;
}

export interface Channel {
  readonly id: string;
  readonly team_id: string;
  readonly name: string;
  readonly type: 'O' | 'P';
  readonly display_name: string;
  header: string;
  purpose: string;
  /** 0: it is not archived. */
  delete_at: number;
  /** Ids of users, the bot among them. */
  readonly members: Set<string>;
}

/** Somebody who logs in with a password, or a bot, which cannot. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly nickname: string;
  readonly position: string;
  /** By spaces: `system_admin system_user`. */
  roles: string;
  readonly delete_at: number;
  /** Undefined: a bot. */
  readonly password: string | undefined;
  /** Present: a bot. */
  readonly bot?: { readonly description: string; readonly owner_id: string };
}

/** An access token that does not end with a session. */
export interface Token {
  readonly id: string;
  readonly token: string;
  readonly user_id: string;
  readonly description: string;
}

export interface Hook {
  readonly id: string;
  /** Whose posts they are. */
  readonly user_id: string;
  readonly channel_id: string;
  readonly team_id: string;
  readonly display_name: string;
  readonly description: string;
  readonly username: string;
  readonly icon_url: string;
  readonly channel_locked: boolean;
  readonly create_at: number;
  readonly update_at: number;
}

/** What its environment has switched on (`MM_SERVICESETTINGS_…`). */
export interface Switches {
  readonly bots: boolean;
  readonly userTokens: boolean;
  readonly incomingHooks: boolean;
}

export interface World {
  readonly teams: Team[];
  readonly channels: Channel[];
  readonly people: Person[];
  readonly tokens: Token[];
  readonly hooks: Hook[];
  /** Token of a login → id of who logged in. */
  readonly sessions: Map<string, string>;
  /** In order of creation. */
  readonly posts: Map<string, Post>;
  /** Every change of a post: its id and the text it then had, first one included. */
  readonly history: { readonly id: string; readonly message: string }[];
  /** `pending_post_id` → post: seen for 30 s on a server, here for ever unless cleared. */
  readonly pending: Map<string, string>;
  /** Called with every post that is made. */
  readonly listeners: Set<(post: Post, channel: Channel) => void>;
  readonly switches: Switches;
  /** Known beforehand to who started it; in a world that begins empty these are nothing's. */
  readonly team: { readonly id: string; readonly name: string };
  readonly bot: { readonly id: string; readonly username: string; readonly token: string };
  readonly hook: string;
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

const ALL_ON: Switches = { bots: true, userTokens: true, incomingHooks: true };

/** A server at its very first start: nobody has an account, and there is no team. */
export const createEmptyWorld = (switches: Switches = ALL_ON): World => ({
  teams: [],
  channels: [],
  people: [],
  tokens: [],
  hooks: [],
  sessions: new Map(),
  posts: new Map(),
  history: [],
  pending: new Map(),
  listeners: new Set(),
  switches,
  team: { id: newId(), name: '' },
  bot: { id: newId(), username: '', token: newId() },
  hook: newId(),
});

export const personOf = (facts: Pick<Person, 'id' | 'username' | 'password'> & Partial<Person>): Person => ({
  email: `${facts.username}@localhost`,
  first_name: '',
  last_name: '',
  nickname: '',
  position: '',
  roles: 'system_user',
  delete_at: 0,
  ...facts,
});

export const channelOf = (facts: Pick<Channel, 'team_id' | 'name' | 'type'> & Partial<Channel>): Channel => ({
  id: newId(),
  display_name: facts.name,
  header: '',
  purpose: '',
  delete_at: 0,
  members: new Set(),
  ...facts,
});

/** A team, its channels, a bot and an incoming webhook. One channel more, `closed`, has the bot as no member. */
export const createWorld = ({ team = 'works', channels = ['builds', 'ops'], token, hook }: WorldFacts = {}): World => {
  const empty = createEmptyWorld();
  const bot = { id: newId(), username: 'chatops', token: token ?? newId() };
  const { id: team_id } = empty.team;
  const made = [
    ...channels.map((name) => channelOf({ team_id, name, type: 'O', members: new Set([bot.id]) })),
    channelOf({ team_id, name: 'closed', type: 'O' }),
  ];
  const id = hook ?? newId();
  return {
    ...empty,
    team: { id: team_id, name: team },
    bot,
    hook: id,
    teams: [{ id: team_id, name: team, display_name: team, description: '', type: 'O', members: new Set([bot.id]) }],
    channels: made,
    people: [
      personOf({ id: bot.id, username: bot.username, password: undefined, bot: { description: '', owner_id: '' } }),
    ],
    tokens: [{ id: newId(), token: bot.token, user_id: bot.id, description: '' }],
    hooks: [
      {
        ...{ id, user_id: bot.id, team_id, channel_id: made[0]?.id ?? '', display_name: 'relay', description: '' },
        ...{ username: '', icon_url: '', channel_locked: false, create_at: 1, update_at: 1 },
      },
    ],
  };
};

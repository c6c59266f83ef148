/** Mattermost in our own words: what an account that has logged in can do. */
import type { ArrivedMessage, ChatMessage, Listening } from '../../contracts/chat.ts';
import type { Credentials } from '../../contracts/credentials.ts';
import { clientKey } from '../../contracts/ports.ts';
import type { Secret } from '../../values/secret.ts';

/** All methods throw as a chat's do (contracts/chat.ts). */
export interface MattermostPort {
  /** @param base no trailing slash @throws ChatopsError LOGIN_REFUSED, SECOND_FACTOR_NEEDED */
  login(base: string, credentials: Credentials, signal: AbortSignal): Promise<MattermostSession>;
  /** As an account that may change the server. @throws as `login`, and PERMISSION_MISSING when it administers nothing */
  administer(base: string, credentials: Credentials, signal: AbortSignal): Promise<MattermostAdmin>;
  /** What the server says of itself, asked without an account. @param withDatabase it writes to its database for it */
  health(base: string, withDatabase: boolean, signal: AbortSignal): Promise<Health>;
  /** Reads, without an account. */
  about(base: string, signal: AbortSignal): Promise<About>;
  /** Writes, without an account: on a server that has none the new one is its administrator. @throws as `createUser` */
  createFirst(base: string, user: NewUser, signal: AbortSignal): Promise<void>;
}

export type Health =
  | { readonly kind: 'well' }
  /** It answers, and says what is missing: `database_status UNHEALTHY`. */
  | { readonly kind: 'unwell'; readonly reason: string };

export interface About {
  /** `11.7.9`. */
  readonly version: string;
  /** The next account that is made administers the server. */
  readonly hasNoAccounts: boolean;
}

/** Under which it is asked for. */
export const MATTERMOST = clientKey<MattermostPort>('mattermost');

export interface MattermostChannel {
  readonly id: string;
  readonly name: string;
}

export interface MattermostSession {
  readonly me: { readonly id: string; readonly name: string };
  /** In the first of its teams that has such a channel; undefined when it sees none. */
  channel(name: string, signal: AbortSignal): Promise<MattermostChannel | undefined>;
  isMember(channelId: string, signal: AbortSignal): Promise<boolean>;
  post(channelId: string, text: string, signal: AbortSignal): Promise<ChatMessage>;
  /** Undefined: there is none, or it is not for this account. */
  message(id: string, signal: AbortSignal): Promise<ChatMessage | undefined>;
  /** Newest first; what the server itself says (who joined) is left out. */
  latest(channelId: string, count: number, signal: AbortSignal): Promise<readonly ChatMessage[]>;
  /** Already gone is fine. */
  delete(id: string, signal: AbortSignal): Promise<void>;
  listen(listener: (message: ArrivedMessage) => void, signal: AbortSignal): Promise<Listening>;
}

export interface MattermostUser {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  /** `system_user`, `system_admin`. */
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly isBot: boolean;
  /** Shown in the profile, as somebody's work is. */
  readonly position: string;
}

export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly password: Secret;
  readonly nickname: string;
  readonly position: string;
}

export interface MattermostTeam {
  readonly id: string;
  readonly name: string;
}

export interface TeamChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private';
  readonly header: string;
  readonly purpose: string;
  readonly archived: boolean;
}

export interface NewChannel extends Pick<TeamChannel, 'name' | 'kind' | 'header' | 'purpose'> {
  readonly teamId: string;
}

export interface IncomingHook {
  /** What stands after `/hooks/`: who knows it may post. */
  readonly id: Secret;
  readonly name: string;
  readonly description: string;
  readonly channelId: string;
}

/** What is done by who administers the server. */
export interface MattermostAdmin {
  /** Undefined: there is no such account. */
  user(username: string, signal: AbortSignal): Promise<MattermostUser | undefined>;
  createUser(user: NewUser, signal: AbortSignal): Promise<void>;
  /** @param roles all that it has then */
  setRoles(userId: string, roles: readonly string[], signal: AbortSignal): Promise<void>;
  team(name: string, signal: AbortSignal): Promise<MattermostTeam | undefined>;
  createTeam(team: { readonly name: string; readonly description: string }, signal: AbortSignal): Promise<void>;
  /** Ids of users, by pages. */
  teamMembers(teamId: string, signal: AbortSignal): Promise<readonly string[]>;
  addToTeam(teamId: string, userId: string, signal: AbortSignal): Promise<void>;
  /** Archived ones too. */
  channel(teamId: string, name: string, signal: AbortSignal): Promise<TeamChannel | undefined>;
  createChannel(channel: NewChannel, signal: AbortSignal): Promise<void>;
  describeChannel(channel: Pick<TeamChannel, 'id' | 'header' | 'purpose'>, signal: AbortSignal): Promise<void>;
  /** Ids of users, by pages. */
  channelMembers(channelId: string, signal: AbortSignal): Promise<readonly string[]>;
  addToChannel(channelId: string, userId: string, signal: AbortSignal): Promise<void>;
  /** Those of a team, ours and others, oldest first. */
  hooks(teamId: string, signal: AbortSignal): Promise<readonly IncomingHook[]>;
  createHook(hook: Omit<IncomingHook, 'id'>, signal: AbortSignal): Promise<void>;
  updateHook(hook: IncomingHook, signal: AbortSignal): Promise<void>;
}

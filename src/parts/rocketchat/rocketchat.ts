/**
 * Rocket.Chat in our own words: exactly what probes and jobs ask of it, and nothing of how it is asked.
 * Every method says whether it reads or writes. Outside error shapes end in the adapter; what reaches a caller is a
 * ChatopsError: UNREACHABLE, UNEXPECTED_ANSWER, LOGIN_REFUSED, TOKEN_INVALID, SECOND_FACTOR_NEEDED, PERMISSION_MISSING,
 * RATE_LIMITED, CHAT_READ_ONLY, CONFLICT (a name is taken), or JOB_FAILED (any other refusal, with the server's own words).
 */
import type { ArrivedMessage, ChatMessage, Listening } from '../../contracts/chat.ts';
import type { Credentials } from '../../contracts/credentials.ts';
import { clientKey } from '../../contracts/ports.ts';
import type { Secret } from '../../values/secret.ts';

export interface RocketChatPort {
  /** Reads, without a login. `base` is always `http(s)://host[:port]` without a trailing slash. */
  info(base: string, signal: AbortSignal): Promise<ServerInfo>;
  /** Reads, without a login: whether it answers, and whether what is its own is well; its database is not. */
  liveness(base: string, signal: AbortSignal): Promise<Liveness>;
  /** Reads, without a login: the server's own word on whether it can work now. */
  readiness(base: string, signal: AbortSignal): Promise<Readiness>;
  /**
   * One login per server and account and run, shared by all callers: logins are limited to ten a minute per address.
   * A refused login is remembered for the run and not sent again, because ten failures lock the account.
   * @throws ChatopsError LOGIN_REFUSED, SECOND_FACTOR_NEEDED
   */
  login(base: string, credentials: Credentials, signal: AbortSignal): Promise<RocketChatSession>;
  /** Opens a realtime (DDP) session of the account, on its shared login. The caller closes it. */
  connectBot(base: string, credentials: Credentials, signal: AbortSignal): Promise<BotConnection>;
  /** Reads: asks the incoming webhook's own check address; nothing is posted. */
  checkHook(base: string, hook: Pick<Webhook, 'id' | 'token'>, signal: AbortSignal): Promise<HookCheck>;
}

/** Under which it is asked for. */
export const ROCKETCHAT = clientKey<RocketChatPort>('rocketchat');

export interface ServerInfo {
  /** `8.5`; the full number where the server reports it. */
  readonly version: string;
}

export type Liveness =
  | { readonly kind: 'alive'; readonly detail: string }
  /** Which of its own checks failed. */
  | { readonly kind: 'unwell'; readonly reason: string };

export type Readiness =
  | { readonly kind: 'ready' }
  /** Answers, and says that it cannot work: which of its checks failed. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** Too old to have the address (below 7.11): ask `info` instead. */
  | { readonly kind: 'unknown' };

export interface HookCheck {
  readonly answers: boolean;
  readonly status: number;
}

/** A logged-in account. All lists are complete: every page was read. */
export interface RocketChatSession {
  readonly userId: string;
  readonly username: string;
  readonly roles: readonly string[];

  /** Reads the full number of the release (`8.5.3`); what an account that may not see statistics gets is trimmed (`8.5`). */
  version(signal: AbortSignal): Promise<string>;
  /** Reads; undefined when the server does not know the setting, or hides it. */
  setting(id: string, signal: AbortSignal): Promise<SettingValue | undefined>;
  /** Reads every account, by pages. */
  users(signal: AbortSignal): Promise<readonly ListedUser[]>;
  /** Reads one account with the rooms it is in; undefined when there is none of that name. */
  user(username: string, signal: AbortSignal): Promise<ChatUser | undefined>;
  /** Reads every channel and every private room, archived ones too, by pages. */
  rooms(signal: AbortSignal): Promise<readonly ChatRoom[]>;
  /** Reads one room as this account sees it; undefined when it does not. */
  room(name: string, signal: AbortSignal): Promise<ChatRoom | undefined>;
  /** Reads the user names in a room, by pages. */
  members(room: Pick<ChatRoom, 'id' | 'kind'>, signal: AbortSignal): Promise<readonly string[]>;
  /** Reads every incoming webhook, by pages, oldest first. */
  webhooks(signal: AbortSignal): Promise<readonly Webhook[]>;
  /** Reads; undefined when there is no such message, or this account may not see it. */
  message(id: string, signal: AbortSignal): Promise<ChatMessage | undefined>;
  /**
   * Reads the newest messages of a room this account is in, newest first, `count` at most (100 is the largest).
   * What their attachments say (title, link, text) is appended to `text`, each on its own line.
   */
  latestMessages(
    room: Pick<ChatRoom, 'id' | 'kind'>,
    count: number,
    signal: AbortSignal,
  ): Promise<readonly ChatMessage[]>;

  /** Writes. A second factor `password` is answered when asked for. */
  changeSetting(id: string, value: SettingValue, signal: AbortSignal): Promise<void>;
  /** Writes. @throws ChatopsError CONFLICT when the name or the e-mail is taken. */
  createUser(user: NewUser, signal: AbortSignal): Promise<void>;
  /** Writes; an account that has the role already is fine. */
  addRole(username: string, role: string, signal: AbortSignal): Promise<void>;
  /** Writes; the caller becomes owner and member. @throws ChatopsError CONFLICT when the name is taken. */
  createRoom(room: NewRoom, signal: AbortSignal): Promise<void>;
  /** Writes; members stay members. */
  invite(room: Pick<ChatRoom, 'id' | 'kind'>, usernames: readonly string[], signal: AbortSignal): Promise<void>;
  /** Writes; moderators may post in a read-only room. */
  addModerator(room: Pick<ChatRoom, 'id' | 'kind'>, userId: string, signal: AbortSignal): Promise<void>;
  /** Writes. */
  setReadOnly(room: Pick<ChatRoom, 'id' | 'kind'>, readOnly: boolean, signal: AbortSignal): Promise<void>;
  /** Writes; the server chooses id and token. The answer says whether the script compiled. */
  createWebhook(webhook: WantedWebhook, signal: AbortSignal): Promise<Webhook>;
  /** Writes. */
  updateWebhook(id: string, webhook: WantedWebhook, signal: AbortSignal): Promise<Webhook>;
  /** Writes. */
  post(roomId: string, text: string, signal: AbortSignal): Promise<ChatMessage>;
  /** Writes; of its own messages an account may delete each. Already gone is fine. */
  deleteMessage(message: Pick<ChatMessage, 'id' | 'roomId'>, signal: AbortSignal): Promise<void>;
  /** Writes a message under an id the caller chose: the server takes no second one of the same id. */
  send(message: NewMessage, signal: AbortSignal): Promise<void>;
  /** Writes another text over that of a message of this account; its attachments stay. */
  edit(message: Pick<NewMessage, 'id' | 'roomId' | 'text'>, signal: AbortSignal): Promise<void>;
}

export interface NewMessage {
  /** 17 letters and digits, like the server's own. */
  readonly id: string;
  readonly roomId: string;
  readonly text: string;
  /** As Rocket.Chat has them: `color`, `text`, `fields`. */
  readonly attachments?: readonly Readonly<Record<string, unknown>>[];
}

export type SettingValue = string | number | boolean;

export interface ListedUser {
  readonly id: string;
  readonly username: string;
  readonly emails: readonly string[];
}

export interface ChatUser extends ListedUser {
  readonly name: string;
  readonly roles: readonly string[];
  readonly active: boolean;
  /** The profile text; our accounts carry their mark in it. */
  readonly bio: string;
  /** Absent when the server does not list them (before 7.0): read `members` of the rooms instead. */
  readonly rooms?: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
}

export type RoomKind = 'channel' | 'private';

export interface ChatRoom {
  readonly id: string;
  readonly name: string;
  readonly kind: RoomKind;
  readonly readOnly: boolean;
  readonly archived: boolean;
  /** Our mark, from the custom fields of the room; undefined on rooms that a user made. */
  readonly mark: string | undefined;
  /** User names that may not write although they are inside. */
  readonly muted: readonly string[];
}

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly password: Secret;
  readonly roles: readonly string[];
  readonly bio: string;
  /** Whether the account also enters the server's default rooms. */
  readonly joinDefaultRooms: boolean;
}

export interface NewRoom {
  readonly name: string;
  readonly kind: RoomKind;
  readonly readOnly: boolean;
  readonly members: readonly string[];
  readonly mark: string;
}

/** An incoming webhook as it should be. Its posts may go to any room its caller names. */
export interface WantedWebhook {
  readonly name: string;
  /** Room it posts to when the caller names none, without `#`. */
  readonly room: string;
  /** Who posts: needs role `bot` (message-impersonate), an administrator does not qualify. */
  readonly poster: string;
  readonly script: string;
  /** Default true. */
  readonly enabled?: boolean;
}

/** An incoming webhook as it is. */
export interface Webhook {
  readonly id: string;
  readonly token: Secret;
  readonly name: string;
  /** As the server keeps it, `#` or `@` included; several are possible. */
  readonly channels: readonly string[];
  readonly poster: string;
  readonly enabled: boolean;
  readonly scriptEnabled: boolean;
  readonly overrideRoom: boolean;
  readonly script: string;
  readonly scriptCompiled: boolean;
  /** What the compiler said; undefined when it had nothing to say. */
  readonly scriptError: string | undefined;
}

/** A realtime session. Messages of rooms the account is in arrive while it is open. */
export interface BotConnection extends Listening {
  readonly userId: string;
  /** Resolves when a message with this text has arrived, also when it arrived before this call. */
  received(text: string, signal: AbortSignal): Promise<void>;
  /** Called with every message that arrives from now on, the account's own too. */
  listen(listener: (message: ArrivedMessage) => void): void;
}

import type { ChatRoom, SettingValue, Webhook } from '../rocketchat.ts';

/** A snapshot of what the wanted things look like on the server, taken before anything is decided. */
export interface Seen {
  /** Full number of the release; undefined: no server is there yet. */
  readonly version: string | undefined;
  /** Setting id → value; undefined: the server does not know it. */
  readonly settings: Readonly<Record<string, SettingValue | undefined>>;
  /** Accounts with a wanted name. */
  readonly users: readonly SeenUser[];
  /**
   * Names and e-mails (lower case) of all accounts → the name of the account: filled only while a wanted account is
   * missing, since only then they can be in the way.
   */
  readonly taken: ReadonlyMap<string, string>;
  /** Rooms with a wanted name. */
  readonly rooms: readonly SeenRoom[];
  /** Incoming webhooks with the wanted name, oldest first. */
  readonly webhooks: readonly Webhook[];
  /** What the server said to the bot's password, when it refused it. */
  readonly botRefused?: { readonly why: string; readonly next: string };
}

export interface SeenUser {
  readonly id: string;
  readonly username: string;
  readonly emails: readonly string[];
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly ours: boolean;
  /** The stack of ours that made it. Absent: a user did. */
  readonly madeBy?: string;
}

export interface SeenRoom extends Omit<ChatRoom, 'muted'> {
  /** Those of the wanted members who are inside. */
  readonly members: readonly string[];
  /** The bot is owner or moderator there: it may post although the room is read-only. */
  readonly botMayModerate: boolean;
}

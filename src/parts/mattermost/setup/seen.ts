import type { IncomingHook, MattermostUser, TeamChannel } from '../mattermost.ts';

/** A snapshot of what the wanted things look like on the server, taken before anything is decided. */
export interface Seen {
  /** Nobody has an account yet: the next one made is the administrator. */
  readonly isNew: boolean;
  /** Accounts with a wanted name, the administrator among them. */
  readonly users: readonly MattermostUser[];
  /** Undefined: there is none of this name. */
  readonly team: SeenTeam | undefined;
  /** Channels with a wanted name. */
  readonly channels: readonly SeenChannel[];
  /** Incoming webhooks with a wanted name, oldest first. */
  readonly hooks: readonly SeenHook[];
  /** What the server said to the bot's password, when it refused it. */
  readonly botRefused?: { readonly why: string; readonly next: string };
}

export interface SeenTeam {
  readonly id: string;
  /** User names of those in `Seen.users` who are in it. */
  readonly members: readonly string[];
}

export interface SeenChannel extends TeamChannel {
  /** As of the team. */
  readonly members: readonly string[];
}

export interface SeenHook extends IncomingHook {
  /** Name of its channel, of those in `Seen.channels`. Undefined: it is another one. */
  readonly channel: string | undefined;
}

import type { Account, HttpTarget } from '../../../stack/stack.ts';

export type MattermostSetupSpec = {
  readonly job: 'mattermost-setup';
  /** Ours carry this mark, e.g. `chatops-up:chatops`. */
  readonly mark: string;
  readonly target: HttpTarget;
  /** It exists already: nobody is made its administrator. */
  readonly external: boolean;
  readonly admin: AccountSpec;
  readonly bot: AccountSpec;
  readonly users: readonly AccountSpec[];
  /** Name of the team that the channels are in. */
  readonly team: string;
  /** The channel that every team has and all its members are in: used, not shaped. */
  readonly ownChannel: string;
  readonly channels: readonly {
    readonly name: string;
    readonly kind: 'channel' | 'private';
    /** Empty: none is wanted. */
    readonly header: string;
    readonly purpose: string;
    /** Everybody wanted inside, the bot included where it belongs. */
    readonly members: readonly string[];
  }[];
  readonly hooks: readonly { readonly name: string; readonly channel: string }[];
};

export type AccountSpec = Account & {
  /** Shown as its nickname. */
  readonly name: string;
  readonly email: string;
  /** Ids that it must have at least: `system_user`. */
  readonly roles: readonly string[];
};

import type { Wording } from '../../../config/wording.ts';
import type { HookTo } from '../../../contracts/hook-token.ts';
import type { RouteSpec } from '../../../stack/announced-rooms.ts';
import type { Account, FilterSpec, HttpTarget, SecretName } from '../../../stack/stack.ts';

export type RocketChatSetupSpec = {
  readonly job: 'rocketchat-setup';
  /** Ours carry this mark, e.g. `chatops-up:chatops`. */
  readonly mark: string;
  readonly target: HttpTarget;
  readonly admin: Account;
  /** Setting id → wanted value. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly bot: Account & { readonly name: string; readonly email: string; readonly roles: readonly string[] };
  readonly users: readonly (Account & {
    readonly name: string;
    readonly email: string;
    readonly roles: readonly string[];
  })[];
  readonly rooms: readonly {
    readonly name: string;
    readonly kind: 'channel' | 'private';
    readonly readOnly: boolean;
    /** Everybody wanted inside, the bot included where it belongs. */
    readonly members: readonly string[];
  }[];
  /** Absent when nothing is announced. */
  readonly webhook?: WebhookSpec;
};

export interface WebhookSpec {
  /** Unique name of ours, e.g. `chatops-up:chatops gitlab`. */
  readonly name: string;
  /** Room it posts to when the caller names none. */
  readonly room: string;
  readonly locale: 'en' | 'fr';
  /** Of which the tokens of hooks are made. */
  readonly secret: SecretName;
  /** Which send to it, each with a token of its own; their rooms are those that are announced in. */
  readonly hooks: readonly HookTo[];
  /** Rooms for what callers that name none send; what no route fits goes to `room`. Absent: none. */
  readonly routes?: readonly RouteSpec[];
  /** What rooms want to hear, where it is not everything that arrives. Absent: nothing special. */
  readonly filters?: readonly (RouteSpec & FilterSpec)[];
  /** Hosts that messages may link to. Absent: any. */
  readonly links?: readonly string[];
  /** User name in GitLab → user name in the chat. Absent: nobody is notified. */
  readonly people?: Readonly<Record<string, string>>;
  /** Texts in place of ours, for `locale`. Absent: ours. */
  readonly wording?: Wording;
}

import type { Change } from '../../../contracts/job.ts';
import type { IncomingHook, NewChannel } from '../mattermost.ts';
import type { AccountSpec } from './spec.ts';

/** A change with what the one call that makes it needs; what has no id yet is named, and looked up when it is made. */
export interface SetupChange extends Change {
  readonly step: Step;
}

export type Step =
  | { readonly kind: 'first-account'; readonly account: AccountSpec }
  | { readonly kind: 'account'; readonly account: AccountSpec }
  | { readonly kind: 'roles'; readonly userId: string; readonly roles: readonly string[] }
  | { readonly kind: 'roles-of'; readonly username: string; readonly roles: readonly string[] }
  | { readonly kind: 'team'; readonly name: string }
  | { readonly kind: 'team-member'; readonly username: string }
  | { readonly kind: 'channel'; readonly channel: Omit<NewChannel, 'teamId'> }
  | { readonly kind: 'describe'; readonly id: string; readonly header: string; readonly purpose: string }
  | { readonly kind: 'channel-member'; readonly channel: string; readonly username: string }
  | { readonly kind: 'hook'; readonly name: string; readonly channel: string }
  | { readonly kind: 'move-hook'; readonly hook: Omit<IncomingHook, 'channelId'>; readonly channel: string };

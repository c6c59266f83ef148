import type { Change } from '../../../contracts/job.ts';
import type { NewRoom, SettingValue, WantedWebhook } from '../rocketchat.ts';
import type { SeenRoom } from './seen.ts';
import type { WantedUser } from './wanted.ts';

/** A change with what the one call that makes it needs. */
export interface SetupChange extends Change {
  readonly step: Step;
}

type RoomRef = Pick<SeenRoom, 'id' | 'kind'>;

export type Step =
  | { readonly kind: 'setting'; readonly id: string; readonly value: SettingValue }
  | { readonly kind: 'user'; readonly user: WantedUser; readonly bio: string; readonly joinDefaultRooms: boolean }
  | { readonly kind: 'role'; readonly username: string; readonly role: string }
  | { readonly kind: 'room'; readonly room: NewRoom }
  | { readonly kind: 'read-only'; readonly room: RoomRef; readonly readOnly: boolean }
  | { readonly kind: 'membership'; readonly room: RoomRef; readonly usernames: readonly string[] }
  | { readonly kind: 'moderator'; readonly room: RoomRef; readonly userId: string }
  | { readonly kind: 'new-webhook'; readonly webhook: WantedWebhook }
  | { readonly kind: 'webhook'; readonly id: string; readonly webhook: WantedWebhook };

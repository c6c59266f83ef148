/** What the relay starts with. No secret stands in it. */

import type { HookTo } from '../../../contracts/hook-token.ts';
import { filterOf } from '../../../notifier/core/place.ts';
import type { RoomFilter, RoomSettings, Settings } from '../../../notifier/core/settings.ts';

export interface RelaySettings {
  /** Room of GitLab's `?channel=` → channel of the chat, both without `#`. Deliveries for other rooms are refused. */
  readonly channels: Readonly<Record<string, string>>;
  /** Which send to it, each with a token of its own. Absent: all send the secret itself. */
  readonly hooks?: readonly HookTo[];
  /** What all rooms want to hear. */
  readonly notifier: Settings;
  /** Room → what differs there. */
  readonly rooms: Readonly<Record<string, RoomSettings>>;
  /** What differs for what happens in one place, announced in a room; goes before `rooms`. */
  readonly filters: readonly RoomFilter[];
  /** Whether a pipeline is one message that changes with it. */
  readonly oneMessage: boolean;
}

/** @param path full path of the project or group it happened in */
export const settingsOf = ({ notifier, rooms, filters }: RelaySettings, room: string, path: string): Settings => ({
  ...notifier,
  ...(Object.hasOwn(rooms, room) ? rooms[room] : {}),
  ...filterOf(filters, room, path),
});

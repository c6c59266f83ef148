/** What the relay is told at its start. No secret stands in it. */
import type { RoomSettings, Settings } from '../notifier/core/settings.ts';

export interface RelaySettings {
  /** Room of GitLab's `?channel=` → channel of the chat, both without `#`. Deliveries for other rooms are refused. */
  readonly channels: Readonly<Record<string, string>>;
  /** What all rooms want to hear. */
  readonly notifier: Settings;
  /** Room → what differs there. */
  readonly rooms: Readonly<Record<string, RoomSettings>>;
  /** Whether a pipeline is one message that changes with it. */
  readonly oneMessage: boolean;
}

export const settingsOf = ({ notifier, rooms }: RelaySettings, room: string): Settings => ({
  ...notifier,
  ...(Object.hasOwn(rooms, room) ? rooms[room] : {}),
});

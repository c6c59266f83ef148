import type { Finding } from '../../config/finding.ts';
import type { Path } from '../../config/path.ts';
import { type Words, words } from '../../config/section.ts';
import { show } from '../../config/show.ts';
import { nearest } from '../../values/nearest.ts';

export interface ChatConfig {
  /** Which chat server, as chatops.yaml names it. */
  readonly kind: string;
  /** As users call it. */
  readonly title: string;
  /** What a server of ours keeps its data in. */
  readonly stores: 'documents' | 'sql';
  /** It makes messages of a forge's deliveries by itself; else only what stands beside it does. */
  readonly takesDeliveries: boolean;
  /** Name of the team that the rooms are in. Absent: this chat has no teams. */
  readonly team?: string;
  /** What a forge sends its events to: a webhook of the chat, or a service beside it. */
  readonly receiver: 'webhook' | 'relay';
  /** Present: an existing server at this URL, without a trailing slash; no database and no chat container of ours. */
  readonly url?: string;
  /** major.minor of the server, `8.5`. Absent: its image says it. */
  readonly version?: string;
  /** Databases of documents that this version works with. Absent: nothing is known of it, or it keeps its data elsewhere. */
  readonly database?: DatabaseFit;
  /** What stands under keys that this chat alone knows; read by `settingsOf`. */
  readonly settings: unknown;
  /** Room that the server makes by itself at its first start, open to everybody. */
  readonly ownRoom: string;
  readonly rooms: readonly RoomConfig[];
  readonly users: readonly UserConfig[];
  readonly bot: BotConfig;
  /** Incoming webhooks for programs of the user's own. Absent: none. */
  readonly hooks?: readonly HookConfig[];
  /** Language of the announcements. */
  readonly locale: 'en' | 'fr';
}

/** Versions are `major.minor`. */
export interface DatabaseFit {
  readonly lowest: string;
  /** Absent: no upper limit is known. */
  readonly highest?: string;
  /** The newest that its makers test this version with. */
  readonly tested: string;
  /** Below this it works, with a warning of its own. Absent: it warns of none. */
  readonly wanted?: { readonly from: string; readonly because: string };
}

export interface RoomConfig {
  readonly name: string;
  readonly kind: 'channel' | 'private';
  /** User names of `chat.users`, the admin, or the bot. The bot is always added for its own rooms. */
  readonly members: readonly string[];
  readonly readOnly: boolean;
  /** Shown above its messages. Absent: nothing. */
  readonly header?: string;
  /** What it is for. Absent: nothing. */
  readonly purpose?: string;
}

export interface HookConfig {
  readonly name: string;
  /** Where it posts. */
  readonly room: string;
}

export interface UserConfig {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

export interface BotConfig {
  readonly username: string;
  readonly name: string;
  /** Rooms the bot is in; the first is where the conversation is proven. Default: every room. */
  readonly rooms: readonly string[];
}

export const CHAT: Words<ChatConfig> = words('Chat');

/** A room as some place of chatops.yaml names it. */
export interface NamedRoom {
  readonly room: string;
  readonly path: Path;
}

/** Named rooms that the file does not make, nor the server by itself. */
export const unknownRooms = ({ rooms, ownRoom }: ChatConfig, named: readonly NamedRoom[]): readonly Finding[] => {
  const known = [...rooms.map(({ name }) => name), ownRoom];
  return named
    .filter(({ room }) => !known.includes(room))
    .map(({ room, path }) => {
      const near = nearest(room, known);
      const fix = near === undefined ? `add ${show(room)} to chat.rooms` : `write ${show(near)}`;
      return { path, message: `no room is called ${show(room)}`, fix };
    });
};

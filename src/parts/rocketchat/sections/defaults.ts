import type { ChatConfig, RoomConfig } from '../../../contracts/sections/chat.ts';

export const DEFAULT_ADMIN = { username: 'chief', name: 'Chief' } as const;
export const DEFAULT_BOT = { username: 'hubot', name: 'Hubot' } as const;
/** major.minor; the newest line of the Docker Official Image that MongoDB 8.0 is tested with. */
export const DEFAULT_CHAT_VERSION = '8.5';
/**
 * Under `rocket.chat:8.5` a machine may hold 8.5.1, whose image brings a Deno that its apps cannot run on
 * (RocketChat/Docker.Official.Image 08e7edf, #290).
 */
export const DEFAULT_RELEASE = '8.5.3';
export const DEFAULT_ROOMS: readonly RoomConfig[] = [
  { name: 'ops', kind: 'channel', members: [], readOnly: false },
  { name: 'ci', kind: 'channel', members: [], readOnly: false },
];
/** Made by Rocket.Chat itself at its first start (`_id` GENERAL); always a public channel. */
export const GENERAL_ROOM = 'general';

/** A minute; the server ships with 10. */
export const DEFAULT_CALLS_PER_MINUTE = 600;
/** Made by Mattermost itself in every team; all its members are in it. */
const TOWN_SQUARE = 'town-square';
export const DEFAULT_TEAM = 'chatops';

interface OfKind {
  /** Mattermost runs no script of ours on a delivery: only a relay can make messages of them. */
  readonly receiver: ChatConfig['receiver'];
  readonly ownRoom: string;
  readonly stores: ChatConfig['stores'];
  readonly hasTeams: boolean;
  readonly takesDeliveries: boolean;
}

/** `chat.kind` → what follows from it. */
export const OF_KIND: Readonly<Record<'rocketchat' | 'mattermost', OfKind>> = {
  rocketchat: {
    receiver: 'webhook',
    ownRoom: GENERAL_ROOM,
    stores: 'documents',
    hasTeams: false,
    takesDeliveries: true,
  },
  mattermost: { receiver: 'relay', ownRoom: TOWN_SQUARE, stores: 'sql', hasTeams: true, takesDeliveries: false },
};

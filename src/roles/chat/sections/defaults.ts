import type { RoomConfig } from '../../../contracts/sections/chat.ts';

export const DEFAULT_ADMIN = { username: 'chief', name: 'Chief' } as const;
/** Where no part brings a bot. */
export const DEFAULT_BOT = { username: 'bot', name: 'Bot' } as const;
export const DEFAULT_ROOMS: readonly RoomConfig[] = [
  { name: 'ops', kind: 'channel', members: [], readOnly: false },
  { name: 'ci', kind: 'channel', members: [], readOnly: false },
];

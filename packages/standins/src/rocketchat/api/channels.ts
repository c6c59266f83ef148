import { coded } from '../api-error.ts';
import { addMember } from '../domain/members.ts';
import { isMember, roomsOfType, viewRoom } from '../domain/rooms.ts';
import { hasPermission } from '../permissions.ts';
import { page, paged } from './paging.ts';
import { roomChangeRoutes } from './room-changes.ts';
import { familyRoutes } from './room-family.ts';
import { CHANNELS, demandRoom } from './room-lookup.ts';
import { readingRoutes } from './room-messages.ts';
import type { Route } from './route.ts';

export const channelRoutes: readonly Route[] = [
  ...familyRoutes(CHANNELS),
  ...roomChangeRoutes(CHANNELS),
  ...readingRoutes('channels', (call) => demandRoom(call, CHANNELS)),
  {
    method: 'GET',
    path: 'channels.list.joined',
    run: ({ chat, query, user }) => {
      const joined = roomsOfType(chat, 'c').filter((room) => isMember(chat, room, user));
      return paged(
        'channels',
        page(chat, query, joined, (room) => viewRoom(chat, room)),
      );
    },
  },
  {
    method: 'POST',
    path: 'channels.join',
    run: (call) => {
      const room = demandRoom(call, CHANNELS);
      if (!hasPermission(call.chat.state, call.user, 'view-c-room'))
        throw coded('error-not-allowed', 'Not allowed', { method: 'joinRoom' });
      addMember(call.chat, room, call.user, { announced: true });
      return { channel: viewRoom(call.chat, call.chat.state.rooms.get(room._id) ?? room) };
    },
  },
];

import { roomsOfType, viewRoom } from '../domain/rooms.ts';
import { page, paged } from './paging.ts';
import { roomChangeRoutes } from './room-changes.ts';
import { familyRoutes } from './room-family.ts';
import { demandRoom, GROUPS } from './room-lookup.ts';
import { readingRoutes } from './room-messages.ts';
import type { Route } from './route.ts';

export const groupRoutes: readonly Route[] = [
  ...familyRoutes(GROUPS),
  ...roomChangeRoutes(GROUPS),
  ...readingRoutes('groups', (call) => demandRoom(call, GROUPS)),
  {
    method: 'GET',
    path: 'groups.listAll',
    permissions: ['view-room-administration'],
    run: ({ chat, query }) =>
      paged(
        'groups',
        page(chat, query, roomsOfType(chat, 'p'), (room) => viewRoom(chat, room)),
      ),
  },
];

import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT, unknownRooms } from '../../../contracts/sections/chat.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';
import { NOTIFIER } from '../../../contracts/sections/notifier.ts';

/** Announcements and routes need rooms that this file makes, or the one the chat makes itself. */
export const announcedRoomsAreKnown: Rule = {
  name: 'announced-rooms-are-known',
  // All such rules look at the same: none speaks while a list of rooms could not be read.
  reads: ['chat.rooms.name', 'chat.bot.rooms', 'gitlab.announce.room', 'notifier.routes.room'],
  check: ({ config }) =>
    unknownRooms(sectionOf(config, CHAT), [
      ...sectionOf(config, FORGE).announce.map(({ room }, index) => ({
        room,
        path: ['gitlab', 'announce', index, 'room'],
      })),
      ...sectionOf(config, NOTIFIER).routes.map(({ room }, index) => ({
        room,
        path: ['notifier', 'routes', index, 'room'],
      })),
    ]),
};

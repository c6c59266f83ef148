import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT, unknownRooms } from '../../../contracts/sections/chat.ts';
import { NOTIFIER } from '../../../contracts/sections/notifier.ts';

/** The bot and routes need rooms that this file makes, or the one Rocket.Chat makes itself. */
export const roomsAreKnown: Rule = {
  name: 'rooms-are-known',
  // All such rules look at the same: none speaks while a list of rooms could not be read.
  reads: ['chat.rooms.name', 'chat.bot.rooms', 'gitlab.announce.room', 'notifier.routes.room'],
  check: ({ config }) => {
    const chat = sectionOf(config, CHAT);
    return unknownRooms(chat, [
      ...chat.bot.rooms.map((room, index) => ({ room, path: ['chat', 'bot', 'rooms', index] })),
      ...sectionOf(config, NOTIFIER).routes.map(({ room }, index) => ({
        room,
        path: ['notifier', 'routes', index, 'room'],
      })),
    ]);
  },
};

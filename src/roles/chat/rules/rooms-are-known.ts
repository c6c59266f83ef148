import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT, unknownRooms } from '../../../contracts/sections/chat.ts';

/** The bot and webhooks need rooms that this file makes, or the one the server makes itself. */
export const roomsAreKnown: Rule = {
  name: 'rooms-are-known',
  reads: ['chat.rooms.name', 'chat.bot.rooms', 'chat.hooks.room'],
  check: ({ config }) => {
    const chat = sectionOf(config, CHAT);
    return unknownRooms(chat, [
      ...chat.bot.rooms.map((room, index) => ({ room, path: ['chat', 'bot', 'rooms', index] })),
      ...(chat.hooks ?? []).map(({ room }, index) => ({ room, path: ['chat', 'hooks', index, 'room'] })),
    ]);
  },
};

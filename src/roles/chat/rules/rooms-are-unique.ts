import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

/** One name space for channels and private rooms, as chats have it. */
export const roomsAreUnique: Rule = {
  name: 'rooms-are-unique',
  reads: ['chat.rooms.name'],
  check: ({ config }) =>
    repeats(sectionOf(config, CHAT).rooms, (room) => room.name).map(({ entry, index, first }) => ({
      path: ['chat', 'rooms', index, 'name'],
      message: `room ${show(entry.name)} stands twice, first at chat.rooms[${first}]`,
      fix: 'keep one of the two',
    })),
};

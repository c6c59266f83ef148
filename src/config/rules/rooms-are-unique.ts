import { show } from '../show.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

/** Rocket.Chat keeps one name space for channels and private rooms. */
export const roomsAreUnique: Rule = {
  name: 'rooms-are-unique',
  reads: ['chat.rooms.name'],
  check: ({ config }) =>
    repeats(config.chat.rooms, (room) => room.name).map(({ entry, index, first }) => ({
      path: ['chat', 'rooms', index, 'name'],
      message: `room ${show(entry.name)} stands twice, first at chat.rooms[${first}]`,
      fix: 'keep one of the two',
    })),
};

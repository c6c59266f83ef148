import { namedTwice } from '../../../config/rules/named-twice.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { writtenChat } from '../sections/chat.ts';

export const listsNameEachOnce: Rule = {
  name: 'lists-name-each-once',
  reads: ['chat.rooms.members', 'chat.users.roles'],
  check: ({ config, written }) => {
    const { rooms, users, bot } = sectionOf(config, CHAT);
    // Rooms that stand twice are reported as such, not again as the rooms the bot has by default.
    const botRooms = writtenChat(written).bot?.rooms === undefined ? [] : bot.rooms;
    return [
      ...rooms.flatMap(({ members }, index) => namedTwice(['chat', 'rooms', index, 'members'], members)),
      ...users.flatMap(({ roles }, index) => namedTwice(['chat', 'users', index, 'roles'], roles)),
      ...namedTwice(['chat', 'bot', 'rooms'], botRooms),
    ];
  },
};

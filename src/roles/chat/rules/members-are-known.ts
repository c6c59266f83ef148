import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { ADMIN } from '../../../contracts/sections/admin.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { nearest } from '../../../values/nearest.ts';

/** There are chats that drop unknown names from a room's members without a word, so they are refused here. */
export const membersAreKnown: Rule = {
  name: 'members-are-known',
  reads: ['chat.rooms.members', 'chat.users.username', 'admin.username', 'chat.bot.username'],
  check: ({ config }) => {
    const [admin, chat] = [sectionOf(config, ADMIN), sectionOf(config, CHAT)];
    const known = [...chat.users.map((user) => user.username), admin.username, chat.bot.username];
    return chat.rooms.flatMap((room, index) =>
      room.members.flatMap((member, position) => {
        if (known.includes(member)) return [];
        const near = nearest(member, known);
        return {
          path: ['chat', 'rooms', index, 'members', position],
          message: `no user is called ${show(member)}`,
          fix: near === undefined ? `add ${show(member)} to chat.users` : `write ${show(near)}`,
        };
      }),
    );
  },
};

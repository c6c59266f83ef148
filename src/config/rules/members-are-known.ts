import { nearest } from '../../values/nearest.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** Rocket.Chat drops unknown names from a room's members without a word, so they are refused here. */
export const membersAreKnown: Rule = {
  name: 'members-are-known',
  reads: ['chat.rooms.members', 'chat.users.username', 'admin.username', 'chat.bot.username'],
  check: ({ config: { admin, chat } }) => {
    const known = [...chat.users.map((user) => user.username), admin.username, chat.bot.username];
    return chat.rooms.flatMap((room, index) =>
      room.members.flatMap((member, place) => {
        if (known.includes(member)) return [];
        const near = nearest(member, known);
        return {
          path: ['chat', 'rooms', index, 'members', place],
          message: `no user is called ${show(member)}`,
          fix: near === undefined ? `add ${show(member)} to chat.users` : `write ${show(near)}`,
        };
      }),
    );
  },
};

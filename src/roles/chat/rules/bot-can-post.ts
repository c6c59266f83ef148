import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

/** In a read-only room only owners and moderators post; the proof of the conversation needs one where the bot may. */
export const botCanPost: Rule = {
  name: 'bot-can-post',
  reads: ['chat.rooms', 'chat.bot.rooms'],
  check: ({ config }) => {
    const chat = sectionOf(config, CHAT);
    const [proof] = chat.bot.rooms;
    const room = chat.rooms.find(({ name }) => name === proof);
    if (room?.readOnly !== true) return [];
    return [
      {
        path: ['chat', 'bot', 'rooms', 0],
        message: `the conversation is proven in the bot's first room, and ${show(proof)} is read-only`,
        fix: 'put a room the bot may post in first',
      },
    ];
  },
};

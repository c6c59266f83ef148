import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { GENERAL_ROOM } from '../kind.ts';

/** Rocket.Chat makes `general` itself, open to everybody; it may be named here, not closed. */
export const generalIsAChannel: Rule = {
  name: 'general-is-a-channel',
  reads: ['chat.rooms.name', 'chat.rooms.kind'],
  check: ({ config }) =>
    sectionOf(config, CHAT).rooms.flatMap((room, index) =>
      room.name === GENERAL_ROOM && room.kind === 'private'
        ? {
            path: ['chat', 'rooms', index, 'kind'],
            message: "`general` is Rocket.Chat's own room and always a channel",
            fix: 'remove `kind: private`, or choose another name',
          }
        : [],
    ),
};

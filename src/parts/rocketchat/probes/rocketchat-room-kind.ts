import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { byDefault, once, oneOf, SERVER, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createRocketChatRoomProbe, type RocketChatRoomSpec } from './rocketchat-room.ts';

const words = wordsOf<RocketChatRoomSpec>();

export const rocketchatRoomKind: SingleKind<RocketChatRoomSpec> = {
  what: 'rocketchat-room',
  about: 'the account may see, read or post in the room',
  example: {
    what: 'rocketchat-room',
    target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } },
    account: { username: 'hubot', password: 'CHATOPS_BOT_PASSWORD' },
    room: 'ops',
    may: 'read',
  },
  words: {
    target: words.target('target', SERVER),
    options: [
      ...words.account('account'),
      words.option('room', 'room', once(text('NAME'))),
      words.option('may', 'may', byDefault(oneOf('see', 'read', 'post'), 'post')),
    ],
  },
  create: createRocketChatRoomProbe,
};

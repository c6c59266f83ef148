import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { anyNumber, optional, SERVER, text, wordsOf } from '../../../contracts/probe-words.ts';
import { type BotSpec, createBotProbe } from './bot.ts';

const words = wordsOf<BotSpec>();

export const botKind: SingleKind<BotSpec> = {
  what: 'bot',
  about: 'the bot gets a realtime session of its own, and may post in all these rooms',
  example: {
    what: 'bot',
    target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } },
    account: { username: 'hubot', password: 'CHATOPS_BOT_PASSWORD' },
    rooms: ['ops', 'general'],
  },
  words: {
    target: words.target('target', SERVER),
    options: [
      ...words.account('account'),
      words.option('room', 'rooms', anyNumber(text('NAME'))),
      words.option('chat', 'speaks', optional(text('KIND'))),
    ],
  },
  create: createBotProbe,
};

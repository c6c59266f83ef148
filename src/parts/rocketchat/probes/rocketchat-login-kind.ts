import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createRocketChatLoginProbe, type RocketChatLoginSpec } from './rocketchat-login.ts';

const words = wordsOf<RocketChatLoginSpec>();

export const rocketchatLoginKind: SingleKind<RocketChatLoginSpec> = {
  what: 'rocketchat-login',
  about: 'the account can log in and is active',
  example: {
    what: 'rocketchat-login',
    target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } },
    account: { username: 'hubot', password: 'CHATOPS_BOT_PASSWORD' },
  },
  words: { target: words.target('target', SERVER), options: words.account('account') },
  create: createRocketChatLoginProbe,
};

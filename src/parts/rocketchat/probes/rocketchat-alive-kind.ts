import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createRocketChatAliveProbe, type RocketChatAliveSpec } from './rocketchat-alive.ts';

export const rocketchatAliveKind: SingleKind<RocketChatAliveSpec> = {
  what: 'rocketchat-alive',
  about: 'Rocket.Chat answers, and its own checks hold, that of its database apart',
  example: { what: 'rocketchat-alive', target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } },
  words: { target: wordsOf<RocketChatAliveSpec>().target('target', SERVER), options: [] },
  create: createRocketChatAliveProbe,
};

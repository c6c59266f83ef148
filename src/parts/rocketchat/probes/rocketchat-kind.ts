import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createRocketChatProbe, type RocketChatSpec } from './rocketchat.ts';

export const rocketchatKind: SingleKind<RocketChatSpec> = {
  what: 'rocketchat',
  about: 'Rocket.Chat says that it is ready, where it can, and its API answers',
  example: { what: 'rocketchat', target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } },
  words: { target: wordsOf<RocketChatSpec>().target('target', SERVER), options: [] },
  create: createRocketChatProbe,
};

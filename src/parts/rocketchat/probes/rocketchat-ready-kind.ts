import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createRocketChatReadyProbe, type RocketChatReadySpec } from './rocketchat-ready.ts';

export const rocketchatReadyKind: SingleKind<RocketChatReadySpec> = {
  what: 'rocketchat-ready',
  about: 'Rocket.Chat says that it is ready, or is too old to say so and answers',
  example: { what: 'rocketchat-ready', target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } },
  words: { target: wordsOf<RocketChatReadySpec>().target('target', SERVER), options: [] },
  create: createRocketChatReadyProbe,
};

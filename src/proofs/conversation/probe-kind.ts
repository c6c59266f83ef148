import type { SingleKind } from '../../contracts/probe-kind.ts';
import { once, optional, PUBLIC_URL, text, wordsOf } from '../../contracts/probe-words.ts';
import { type ConversationProbeSpec, createConversationProbe } from './probe.ts';

const words = wordsOf<ConversationProbeSpec>();

export const conversationKind: SingleKind<ConversationProbeSpec> = {
  what: 'conversation',
  about: 'what the bot said in an earlier run can be read by it at the public address',
  example: {
    what: 'conversation',
    publicUrl: 'http://chat.chatops.localhost:8080',
    account: { username: 'robot', password: 'CHATOPS_BOT_PASSWORD' },
    room: 'ops',
    proof: 'conversation',
  },
  words: {
    target: words.target('publicUrl', PUBLIC_URL),
    options: [
      ...words.account('account'),
      words.option('room', 'room', once(text('NAME'))),
      words.option('proof', 'proof', optional(text('NAME'))),
      words.option('chat', 'speaks', optional(text('KIND'))),
    ],
  },
  create: createConversationProbe,
};

import { type ChatQuestions, chatCheck, chatChecksOf, chatTargetOf } from '../../../contracts/chat-checks.ts';
import type { Check, CheckDeps } from '../../../contracts/check.ts';
import { receiverOf } from '../../../stack/offers.ts';

const QUESTIONS: ChatQuestions = {
  room: 'room',
  login: (target, account) => ({ what: 'rocketchat-login', target, account }),
  mayPost: (target, account, room) => ({ what: 'rocketchat-room', target, account, room, may: 'post' }),
};

export const chatChecks = (deps: CheckDeps): readonly Check[] => {
  const { chat } = deps.stack.offers;
  if (!chat || chat.speaks !== undefined) return [];
  const receiver = receiverOf(deps.stack);
  const webhook = (name: string): Check =>
    chatCheck(deps, 'incoming webhook', { what: 'webhook', target: chatTargetOf(chat), admin: chat.admin, name });
  return [
    ...chatChecksOf(chat, QUESTIONS, deps),
    ...(receiver && receiver.ref.kind !== 'relay' ? [webhook(receiver.ref.name)] : []),
  ];
};

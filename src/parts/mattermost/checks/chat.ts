import { type ChatQuestions, chatChecksOf } from '../../../contracts/chat-checks.ts';
import type { Check, CheckDeps } from '../../../contracts/check.ts';

const QUESTIONS: ChatQuestions = {
  room: 'channel',
  login: (target, account) => ({ what: 'mattermost-login', target, account }),
  mayPost: (target, account, channel) => ({ what: 'mattermost-channel', target, account, channel, may: 'post' }),
};

export const chatChecks = (deps: CheckDeps): readonly Check[] => {
  const { chat } = deps.stack.offers;
  return chat?.speaks === 'mattermost' ? chatChecksOf(chat, QUESTIONS, deps) : [];
};

import type { Rule } from '../../config/rules/rule.ts';
import { isChat } from '../../contracts/chat-kind.ts';
import { rocketchatKind } from './kind.ts';

/** The section describes every chat; this holds of Rocket.Chat alone. */
export const onlyRocketChat = (rule: Rule): Rule => ({
  ...rule,
  reads: [...rule.reads, 'chat.kind'],
  check: (facts) => (isChat(facts.config, rocketchatKind) ? rule.check(facts) : []),
});

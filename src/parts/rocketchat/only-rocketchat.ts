import type { Rule } from '../../config/rules/rule.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { rocketchatKind } from './kind.ts';

/** The section describes every chat; this holds of Rocket.Chat alone. */
export const onlyRocketChat = (rule: Rule): Rule => ({
  ...rule,
  reads: [...rule.reads, 'chat.kind'],
  check: (facts) => (sectionOf(facts.config, CHAT).kind === rocketchatKind.kind ? rule.check(facts) : []),
});

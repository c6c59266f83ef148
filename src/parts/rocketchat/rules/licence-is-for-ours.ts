import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { settingsOf } from '../../../contracts/chat-kind.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { rocketchatKind } from '../kind.ts';

/** A server that exists already has its licence from its owner: ours would never reach it. */
export const licenceIsForOurs: Rule = {
  name: 'licence-is-for-ours',
  reads: ['chat.url', 'chat.licensed'],
  check: ({ config }) => {
    if (sectionOf(config, CHAT).url === undefined || !settingsOf(config, rocketchatKind).licensed) return [];
    const message = 'the licence of an existing server is given to it by its owner';
    return [{ path: ['chat', 'licensed'], message, fix: 'take `licensed` out' }];
  },
};

import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

/** A server that exists already has its licence from its owner: ours would never reach it. */
export const licenceIsForOurs: Rule = {
  name: 'licence-is-for-ours',
  reads: ['chat.url', 'chat.licensed'],
  check: ({ config }) => {
    const { url, licensed } = sectionOf(config, CHAT);
    if (url === undefined || !licensed) return [];
    const message = 'the licence of an existing server is given to it by its owner';
    return [{ path: ['chat', 'licensed'], message, fix: 'take `licensed` out' }];
  },
};

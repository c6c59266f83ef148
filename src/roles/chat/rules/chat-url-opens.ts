import { browsersOpen } from '../../../config/rules/blocked-port.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

export const chatUrlOpens: Rule = {
  name: 'chat-url-opens',
  reads: ['chat.url'],
  check: ({ config }) => browsersOpen(['chat', 'url'], sectionOf(config, CHAT).url),
};

import type { Rule } from '../../../config/rules/rule.ts';
import { installedAt } from '../../../config/rules/server-address.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

/** What addresses of chats begin with. */
const PAGES = new Set(
  'account admin admin_console api channel channels direct directory group home hooks login plugins'.split(' '),
);

export const chatUrlIsNoPage: Rule = {
  name: 'chat-url-is-no-page',
  reads: ['chat.url'],
  check: ({ config }) => installedAt(['chat', 'url'], sectionOf(config, CHAT).url, PAGES),
};

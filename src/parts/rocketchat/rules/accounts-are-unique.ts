import type { Path } from '../../../config/path.ts';
import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { ADMIN, type AdminConfig } from '../../../contracts/sections/admin.ts';
import { CHAT, type ChatConfig } from '../../../contracts/sections/chat.ts';

interface AccountAt {
  readonly username: string;
  readonly what: string;
  readonly path: Path;
}

/** Made by Rocket.Chat itself at its first start. */
const ROCKET_CAT: AccountAt = { username: 'rocket.cat', what: "Rocket.Chat's own bot", path: [] };

const accounts = (admin: AdminConfig, chat: ChatConfig): readonly AccountAt[] => [
  ...(chat.kind === 'rocketchat' ? [ROCKET_CAT] : []),
  { username: admin.username, what: 'the administrator', path: ['admin', 'username'] },
  { username: chat.bot.username, what: 'the bot', path: ['chat', 'bot', 'username'] },
  ...chat.users.map(({ username }, index): AccountAt => {
    return { username, what: `chat.users[${index}]`, path: ['chat', 'users', index, 'username'] };
  }),
];

/** Chats compare user names without regard to case. */
export const accountsAreUnique: Rule = {
  name: 'accounts-are-unique',
  reads: ['chat.users.username', 'admin.username', 'chat.bot.username'],
  check: ({ config }) => {
    const all = accounts(sectionOf(config, ADMIN), sectionOf(config, CHAT));
    return repeats(all, ({ username }) => username.toLowerCase()).map(({ entry, first }) => ({
      path: entry.path,
      message: `user name ${show(entry.username)} is taken by ${all[first]?.what}`,
      fix: 'choose another user name, or keep one of the two',
    }));
  },
};

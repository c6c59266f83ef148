import type { Path } from '../../../config/path.ts';
import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { ADMIN } from '../../../contracts/sections/admin.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { botEmail } from '../../../stack/chat-mail.ts';

/** Chats refuse an address that somebody else has. */
export const emailsAreUnique: Rule = {
  name: 'emails-are-unique',
  reads: ['chat.users.email', 'chat.users.username', 'chat.bot.username', 'admin', 'domain'],
  check: ({ config }) => {
    const [admin, chat] = [sectionOf(config, ADMIN), sectionOf(config, CHAT)];
    const all: readonly { readonly email: string; readonly path: Path }[] = [
      { email: botEmail(chat.bot, config), path: ['chat', 'bot', 'username'] },
      { email: admin.email, path: ['admin', 'email'] },
      ...chat.users.map(({ email }, index) => ({ email, path: ['chat', 'users', index, 'email'] })),
    ];
    // A user name that stands twice brings its default address twice: reported by accounts-are-unique.
    const names = [chat.bot.username, admin.username, ...chat.users.map((user) => user.username)].map((n) =>
      n.toLowerCase(),
    );
    return repeats(all, ({ email }) => email.toLowerCase())
      .filter(({ index, first }) => names[index] !== names[first])
      .map(({ entry }) => ({
        path: entry.path,
        message: `the e-mail address ${show(entry.email)} belongs to somebody else already`,
        fix: 'give everybody an address of their own',
      }));
  },
};

import { botEmail } from '../defaults.ts';
import type { Path } from '../path.ts';
import { show } from '../show.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

/** Rocket.Chat answers `error-field-unavailable` to an address somebody else has. */
export const emailsAreUnique: Rule = {
  name: 'emails-are-unique',
  reads: ['chat.users.email', 'chat.users.username', 'chat.bot.username', 'admin', 'domain'],
  check: ({ config }) => {
    const all: readonly { readonly email: string; readonly path: Path }[] = [
      { email: botEmail(config), path: ['chat', 'bot', 'username'] },
      { email: config.admin.email, path: ['admin', 'email'] },
      ...config.chat.users.map(({ email }, index) => ({ email, path: ['chat', 'users', index, 'email'] })),
    ];
    // A user name that stands twice brings its default address twice: told by accounts-are-unique.
    const names = [
      config.chat.bot.username,
      config.admin.username,
      ...config.chat.users.map((user) => user.username),
    ].map((n) => n.toLowerCase());
    return repeats(all, ({ email }) => email.toLowerCase())
      .filter(({ index, first }) => names[index] !== names[first])
      .map(({ entry }) => ({
        path: entry.path,
        message: `the e-mail address ${show(entry.email)} belongs to somebody else already`,
        fix: 'give everybody an address of their own',
      }));
  },
};

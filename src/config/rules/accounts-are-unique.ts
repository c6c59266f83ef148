import type { Config } from '../config.ts';
import type { Path } from '../path.ts';
import { show } from '../show.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

interface AccountAt {
  readonly username: string;
  readonly what: string;
  readonly path: Path;
}

/** Made by Rocket.Chat itself at its first start. */
const ROCKET_CAT: AccountAt = { username: 'rocket.cat', what: "Rocket.Chat's own bot", path: [] };

const accounts = ({ admin, chat }: Config): readonly AccountAt[] => [
  ROCKET_CAT,
  { username: admin.username, what: 'the administrator', path: ['admin', 'username'] },
  { username: chat.bot.username, what: 'the bot', path: ['chat', 'bot', 'username'] },
  ...chat.users.map(({ username }, index): AccountAt => {
    return { username, what: `chat.users[${index}]`, path: ['chat', 'users', index, 'username'] };
  }),
];

/** Rocket.Chat compares user names without regard to case. */
export const accountsAreUnique: Rule = {
  name: 'accounts-are-unique',
  reads: ['chat.users.username', 'admin.username', 'chat.bot.username'],
  check: ({ config }) => {
    const all = accounts(config);
    return repeats(all, ({ username }) => username.toLowerCase()).map(({ entry, first }) => ({
      path: entry.path,
      message: `user name ${show(entry.username)} is taken by ${all[first]?.what}`,
      fix: 'choose another user name, or keep one of the two',
    }));
  },
};

import { userPasswordName } from '../secret-names.ts';
import { show } from '../show.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

/** `a.b` and `a-b` are two users, but their passwords would share one variable of .env. */
export const secretNamesDiffer: Rule = {
  name: 'secret-names-differ',
  reads: ['chat.users.username'],
  check: ({ config: { chat } }) =>
    repeats(chat.users, ({ username }) => userPasswordName(username))
      .filter(({ entry, first }) => chat.users[first]?.username.toLowerCase() !== entry.username.toLowerCase())
      .map(({ entry, index, first }) => ({
        path: ['chat', 'users', index, 'username'],
        message: `${show(entry.username)} and ${show(chat.users[first]?.username)} share the variable ${userPasswordName(entry.username)}`,
        fix: 'change a letter or digit of one of the two',
      })),
};

import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { userPasswordName } from '../../../stack/chat-accounts.ts';

/** `a.b` and `a-b` are two users, but their passwords would share one variable of .env. */
export const secretNamesDiffer: Rule = {
  name: 'secret-names-differ',
  reads: ['chat.users.username'],
  check: ({ config }) => {
    const { users } = sectionOf(config, CHAT);
    return repeats(users, ({ username }) => userPasswordName(username))
      .filter(({ entry, first }) => users[first]?.username.toLowerCase() !== entry.username.toLowerCase())
      .map(({ entry, index, first }) => ({
        path: ['chat', 'users', index, 'username'],
        message: `${show(entry.username)} and ${show(users[first]?.username)} share the variable ${userPasswordName(entry.username)}`,
        fix: 'change a letter or digit of one of the two',
      }));
  },
};

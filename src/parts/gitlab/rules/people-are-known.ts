import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { ADMIN } from '../../../contracts/sections/admin.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { NOTIFIER } from '../../../contracts/sections/notifier.ts';
import { nearest } from '../../../values/nearest.ts';

/** Whom `@all` and `@here` notify is everybody in the room. */
const EVERYBODY = ['all', 'here'];

/**
 * A name that is nearly one of ours is misspelt. Others may be people who made their accounts themselves: reported, and
 * accepted. Of an existing chat nobody is known here.
 */
export const peopleAreKnown: Rule = {
  name: 'people-are-known',
  reads: ['notifier.people', 'chat.users.username', 'admin.username', 'chat.url'],
  check: ({ config }) => {
    const [admin, chat] = [sectionOf(config, ADMIN), sectionOf(config, CHAT)];
    const known = [...chat.users.map(({ username }) => username), admin.username, chat.bot.username];
    return Object.entries(sectionOf(config, NOTIFIER).people).flatMap(([gitlabName, username]) => {
      const path = ['notifier', 'people', gitlabName];
      if (EVERYBODY.includes(username.toLowerCase())) {
        const message = `${show(username)} is everybody in the room, nobody in person`;
        return [{ path, message, fix: 'name one person' }];
      }
      if (known.includes(username) || chat.url !== undefined) return [];
      const near = nearest(username, known);
      const message = `no user of this file is called ${show(username)}`;
      if (near !== undefined) return [{ path, message, fix: `write ${show(near)}` }];
      return [
        { path, message, fix: `add ${show(username)} to chat.users, if the chat does not know them`, warning: true },
      ];
    });
  },
};

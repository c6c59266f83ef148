import type { Path } from '../../../config/path.ts';
import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import type { ChatKind } from '../../../contracts/chat-kind.ts';
import { ADMIN, type AdminConfig } from '../../../contracts/sections/admin.ts';
import { CHAT, type ChatConfig } from '../../../contracts/sections/chat.ts';

interface AccountAt {
  readonly username: string;
  readonly what: string;
  readonly path: Path;
}

/** @param own of the server itself */
const accounts = (
  own: NonNullable<ChatKind['ownAccounts']>,
  admin: AdminConfig,
  chat: ChatConfig,
): readonly AccountAt[] => [
  ...own.map((account): AccountAt => ({ ...account, path: [] })),
  { username: admin.username, what: 'the administrator', path: ['admin', 'username'] },
  { username: chat.bot.username, what: 'the bot', path: ['chat', 'bot', 'username'] },
  ...chat.users.map(({ username }, index): AccountAt => {
    return { username, what: `chat.users[${index}]`, path: ['chat', 'users', index, 'username'] };
  }),
];

/** Chats compare user names without regard to case. */
export const accountsAreUnique = (kinds: readonly ChatKind[]): Rule => ({
  name: 'accounts-are-unique',
  reads: ['chat.users.username', 'admin.username', 'chat.bot.username'],
  check: ({ config }) => {
    const chat = sectionOf(config, CHAT);
    const ownAccounts = kinds.filter(({ kind }) => kind === chat.kind).flatMap((kind) => kind.ownAccounts ?? []);
    const all = accounts(ownAccounts, sectionOf(config, ADMIN), chat);
    return repeats(all, ({ username }) => username.toLowerCase()).map(({ entry, first }) => ({
      path: entry.path,
      message: `user name ${show(entry.username)} is taken by ${all[first]?.what}`,
      fix: 'choose another user name, or keep one of the two',
    }));
  },
});

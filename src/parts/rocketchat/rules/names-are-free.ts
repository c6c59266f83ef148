import type { Finding } from '../../../config/finding.ts';
import type { Path } from '../../../config/path.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { ADMIN } from '../../../contracts/sections/admin.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { isReservedAdmin, isReservedRoom, isReservedUser } from '../reserved-names.ts';

const reserved = (what: string, name: string, path: Path, fix: string): Finding => ({
  path,
  message: `Rocket.Chat keeps the ${what} ${show(name)} for itself`,
  fix,
});

const ANOTHER = 'choose another name';

/** Rocket.Chat refuses them when it is asked; for the administrator of a server of ours it quietly takes `admin`. */
export const namesAreFree: Rule = {
  name: 'names-are-free',
  reads: ['admin.username', 'chat.url', 'chat.users.username', 'chat.bot.username', 'chat.rooms.name'],
  check: ({ config }) => {
    const chat = sectionOf(config, CHAT);
    const { username } = sectionOf(config, ADMIN);
    const user = (name: string, path: Path): readonly Finding[] =>
      isReservedUser(name) ? [reserved('user name', name, path, ANOTHER)] : [];
    return [
      // An administrator that is there already has its name.
      ...(chat.url === undefined && isReservedAdmin(username)
        ? [reserved('user name', username, ['admin', 'username'], 'choose another name, or `admin`')]
        : []),
      ...user(chat.bot.username, ['chat', 'bot', 'username']),
      ...chat.users.flatMap((each, index) => user(each.username, ['chat', 'users', index, 'username'])),
      ...chat.rooms.flatMap(({ name }, index) =>
        isReservedRoom(name) ? [reserved('room name', name, ['chat', 'rooms', index, 'name'], ANOTHER)] : [],
      ),
    ];
  },
};

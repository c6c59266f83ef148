import type { Finding } from '../../../config/finding.ts';
import type { Path } from '../../../config/path.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

const FORBIDDEN = /[<>\\/]/;

/** As the server reads it: once more for as long as there is something encoded in it. Undefined: it cannot be read. */
const decoded = (name: string): string | undefined => {
  try {
    const read = decodeURI(name);
    return read === name ? name : decoded(read);
  } catch {
    return undefined;
  }
};

/** RocketChat/Rocket.Chat:apps/meteor/app/lib/server/functions/validateNameChars.ts, 8.6.1. */
const canBeKept = (name: string): boolean => {
  const read = decoded(name);
  return read !== undefined && !FORBIDDEN.test(name) && !FORBIDDEN.test(read);
};

const suggestion = (name: string): string => {
  const plain = name
    .replaceAll(/[<>\\/%]+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return plain === '' ? 'choose a name without < > \\ / and %' : `write ${show(plain)}`;
};

/** Users and the bot are made by a call that refuses such names; the administrator of a new server is not. */
export const displayNamesCanBeKept: Rule = {
  name: 'display-names-can-be-kept',
  reads: ['chat.users.name', 'chat.bot.name'],
  check: ({ config }) => {
    const { users, bot } = sectionOf(config, CHAT);
    const judge = (name: string, path: Path): readonly Finding[] =>
      canBeKept(name)
        ? []
        : [
            {
              path,
              message: `Rocket.Chat takes no name with < > \\ / or a bare % in it, such as ${show(name)}`,
              fix: suggestion(name),
            },
          ];
    return [
      ...judge(bot.name, ['chat', 'bot', 'name']),
      ...users.flatMap(({ name }, index) => judge(name, ['chat', 'users', index, 'name'])),
    ];
  },
};

import type { Finding } from '../../../config/finding.ts';
import type { Path } from '../../../config/path.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { ADMIN } from '../../../contracts/sections/admin.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { isWanted } from '../target.ts';

interface Kind {
  readonly what: string;
  readonly pattern: RegExp;
  readonly says: string;
  /** The server keeps them for itself. */
  readonly reserved: RegExp;
}

/** model.IsValidUsername, and names of everybody (model/user.go). */
const USER: Kind = {
  what: 'user name',
  pattern: /^[a-z][a-z0-9._-]{0,63}$/,
  says: 'small letters, digits, ., - and _ only, beginning with a letter',
  reserved: /^(?:all|channel|here|matterbot|system)$/,
};

/** model.IsValidChannelIdentifier. */
const CHANNEL: Kind = {
  what: 'channel name',
  pattern: /^[a-z0-9][a-z0-9_-]{0,63}$/,
  says: 'up to 64 small letters, digits, - and _ only, beginning with a letter or digit',
  reserved: /^$/,
};

/** Beginnings of paths of its own (model/team.go, reservedName). */
const TEAM: Kind = {
  what: 'team name',
  pattern: /^[a-z0-9][a-z0-9-]{1,63}$/,
  says: '2 to 64 small letters, digits and - only',
  reserved:
    /^(?:admin|api|channel|claim|error|files|help|landing|login|mfa|oauth|plug|plugins|post|signup|boards|playbooks)/,
};

const judge = (name: string, { what, pattern, says, reserved }: Kind, path: Path): readonly Finding[] => {
  if (!pattern.test(name)) {
    const small = name.toLowerCase();
    const fix = pattern.test(small) ? `write ${show(small)}` : 'choose another name';
    return [{ path, message: `Mattermost takes no ${what} ${show(name)}: ${says}`, fix }];
  }
  if (!reserved.test(name)) return [];
  return [{ path, message: `Mattermost keeps the ${what} ${show(name)} for itself`, fix: 'choose another name' }];
};

/** Refused by the server when they are made, after the half of a stack is there. */
export const namesCanBeMade: Rule = {
  name: 'names-can-be-made',
  reads: ['chat.kind', 'admin.username', 'chat.team', 'chat.users.username', 'chat.bot.username', 'chat.rooms.name'],
  check: ({ config }) => {
    if (!isWanted(config)) return [];
    const { team, bot, users, rooms } = sectionOf(config, CHAT);
    return [
      ...judge(sectionOf(config, ADMIN).username, USER, ['admin', 'username']),
      ...(team === undefined ? [] : judge(team, TEAM, ['chat', 'team'])),
      ...judge(bot.username, USER, ['chat', 'bot', 'username']),
      ...users.flatMap(({ username }, index) => judge(username, USER, ['chat', 'users', index, 'username'])),
      ...rooms.flatMap(({ name }, index) => judge(name, CHANNEL, ['chat', 'rooms', index, 'name'])),
    ];
  },
};

import type { Conflict } from '../../../contracts/job.ts';
import { ofOtherStack, stackMarkedIn } from '../../../stack/names.ts';
import type { MattermostUser } from '../mattermost.ts';
import type { SetupChange } from './change.ts';
import { bearsMark } from './marks.ts';
import { joined, type PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { AccountSpec, MattermostSetupSpec } from './spec.ts';

/** The server knows names in small letters only; rules see to it that ours are. */
const foundIn = ({ users }: Seen, { username }: AccountSpec): MattermostUser | undefined =>
  users.find((user) => user.username === username);

const first = (account: AccountSpec): SetupChange => ({
  action: 'create',
  resource: 'user',
  name: account.username,
  cause: 'the server has no account yet, so this one becomes its administrator',
  step: { kind: 'first-account', account },
});

const create = (account: AccountSpec): SetupChange => ({
  action: 'create',
  resource: 'user',
  name: account.username,
  cause: `there is no account ${account.username}`,
  step: { kind: 'account', account },
});

const notOurs = ({ username, position }: MattermostUser, mark: string): Conflict => {
  const other = stackMarkedIn(position);
  return {
    resource: 'user',
    name: username,
    ...(other === undefined
      ? {
          why: 'an account of this name was made by hand (its position does not bear our mark)',
          next: `rename one of the two, or hand the account over by adding [${mark}] to its position`,
        }
      : ofOtherStack(other)),
  };
};

const roles = (account: AccountSpec, user: MattermostUser): SetupChange[] => {
  const missing = account.roles.filter((role) => !user.roles.includes(role));
  if (missing.length === 0) return [];
  return [
    {
      action: 'update',
      resource: 'user',
      name: `${account.username} (${missing.join(', ')})`,
      cause: `has the roles ${user.roles.join(', ') || 'none'}, wanted ${missing.join(', ')} too`,
      step: { kind: 'roles', userId: user.id, roles: [...user.roles, ...missing] },
    },
  ];
};

/** Made in this run they have what every account has: the next look decides on more. */
const rolesOfNew = (account: AccountSpec): SetupChange[] => {
  const more = account.roles.filter((role) => role !== 'system_user');
  return more.length === 0
    ? []
    : [
        {
          action: 'update',
          resource: 'user',
          name: `${account.username} (${more.join(', ')})`,
          cause: `a new account is system_user, wanted ${more.join(', ')} too`,
          step: { kind: 'roles-of', username: account.username, roles: ['system_user', ...more] },
        },
      ];
};

const remarks = (account: AccountSpec, user: MattermostUser): string[] => [
  ...(user.active ? [] : [`user ${user.username} is deactivated: activate it in Mattermost, or take it out`]),
  ...(user.email.toLowerCase() === account.email.toLowerCase()
    ? []
    : [
        `user ${user.username} has another e-mail than ${account.email}: accounts are never edited, change it in Mattermost or in chatops.yaml`,
      ]),
];

const decideUser = (account: AccountSpec, { mark }: MattermostSetupSpec, seen: Seen): PartDecision => {
  const user = foundIn(seen, account);
  if (user === undefined) {
    return { changes: [create(account), ...rolesOfNew(account)], conflicts: [], warnings: [] };
  }
  if (!bearsMark(user.position, mark)) return { changes: [], conflicts: [notOurs(user, mark)], warnings: [] };
  return { changes: roles(account, user), conflicts: [], warnings: remarks(account, user) };
};

/** A password is never reset: the user who changed it must be asked, not overruled. */
const botPassword = ({ bot }: MattermostSetupSpec, { botRefused }: Seen): PartDecision => ({
  changes: [],
  conflicts: botRefused === undefined ? [] : [{ resource: 'user', name: bot.username, ...botRefused }],
  warnings: [],
});

export const decideUsers = (spec: MattermostSetupSpec, seen: Seen): PartDecision =>
  joined([
    { changes: seen.isNew && !spec.external ? [first(spec.admin)] : [], conflicts: [], warnings: [] },
    ...[spec.bot, ...spec.users].map((account) => decideUser(account, spec, seen)),
    botPassword(spec, seen),
  ]);

import type { Conflict } from '../../../contracts/job.ts';
import { ofOtherStack } from '../../../stack/names.ts';
import type { SetupChange } from './change.ts';
import type { PartDecision } from './part-decision.ts';
import type { Seen, SeenUser } from './seen.ts';
import { bioOf, type Wanted, type WantedUser } from './wanted.ts';

const create = (user: WantedUser, { mark, bot }: Wanted): SetupChange => ({
  action: 'create',
  resource: 'user',
  name: user.username,
  cause: `there is no account ${user.username}`,
  // A bot has no business in the server's default rooms; users expect to be there.
  step: { kind: 'user', user, bio: bioOf(mark), joinDefaultRooms: user.username !== bot },
});

const inTheWay = ({ username, email }: WantedUser, taken: Seen['taken']): Conflict | undefined => {
  const [owner, what] = taken.has(username.toLowerCase())
    ? [taken.get(username.toLowerCase()), 'name']
    : [taken.get(email.toLowerCase()), `e-mail ${email}`];
  if (owner === undefined) return undefined;
  return {
    resource: 'user',
    name: username,
    why: `the ${what} belongs to the account ${owner} already`,
    next: `give ${username} another ${what === 'name' ? 'name' : 'e-mail'} in chatops.yaml, or change the account ${owner}`,
  };
};

const notOurs = ({ username }: WantedUser, { madeBy }: SeenUser, mark: string): Conflict => ({
  resource: 'user',
  name: username,
  ...(madeBy === undefined
    ? {
        why: 'an account of this name was made by hand (its bio does not bear our mark)',
        next: `rename one of the two, or hand the account over by adding [${mark}] to its bio`,
      }
    : ofOtherStack(madeBy)),
});

const addRoles = (user: WantedUser, seen: SeenUser): SetupChange[] =>
  user.roles
    .filter((role) => !seen.roles.includes(role))
    .map((role) => ({
      action: 'update',
      resource: 'user',
      name: `${user.username} (role ${role})`,
      cause: `has the roles ${seen.roles.join(', ') || 'none'}, wanted ${role} too`,
      step: { kind: 'role', username: user.username, role },
    }));

const remarks = (user: WantedUser, seen: SeenUser): string[] => [
  ...(seen.active ? [] : [`user ${user.username} is deactivated: activate it in Rocket.Chat, or take it out`]),
  ...(seen.emails.some((email) => email.toLowerCase() === user.email.toLowerCase())
    ? []
    : [
        `user ${user.username} has another e-mail than ${user.email}: accounts are never edited, change it in Rocket.Chat or in chatops.yaml`,
      ]),
];

const decideUser = (user: WantedUser, wanted: Wanted, seen: Seen): PartDecision => {
  const found = seen.users.find(({ username }) => username === user.username);
  if (found === undefined) {
    const conflict = inTheWay(user, seen.taken);
    return { changes: conflict ? [] : [create(user, wanted)], conflicts: conflict ? [conflict] : [], warnings: [] };
  }
  if (!found.ours) return { changes: [], conflicts: [notOurs(user, found, wanted.mark)], warnings: [] };
  return { changes: addRoles(user, found), conflicts: [], warnings: remarks(user, found) };
};

/** A password is never reset: the user who changed it must be asked, not overruled. */
const botPassword = ({ bot }: Wanted, { botRefused }: Seen): Conflict[] =>
  botRefused === undefined ? [] : [{ resource: 'user', name: bot, ...botRefused }];

export const decideUsers = (wanted: Wanted, seen: Seen): PartDecision => {
  const parts = wanted.users.map((user) => decideUser(user, wanted, seen));
  return {
    changes: parts.flatMap(({ changes }) => changes),
    conflicts: [...parts.flatMap(({ conflicts }) => conflicts), ...botPassword(wanted, seen)],
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
};

/** Wanted × seen → what is to be done about the users of a set. Pure. */
import type { SeenUser } from '../seen.ts';
import type { ReplicaSetChange } from '../step.ts';

const CAUSES: Readonly<Record<Exclude<SeenUser['state'], 'right'>, string>> = {
  missing: 'the stack asks for it, the set has no such user',
  'other-roles': 'its rights are not those that the stack asks for',
  'other-password': 'its password is not the one in .env',
};

/** @param at `host:port` of the node that is to make them */
export const changesOfUsers = (users: readonly SeenUser[], at: string): readonly ReplicaSetChange[] =>
  users.flatMap(({ name, state }) => {
    if (state === 'right') return [];
    const isNew = state === 'missing';
    return [
      {
        action: isNew ? 'create' : 'update',
        resource: 'database user',
        name,
        cause: CAUSES[state],
        step: { call: isNew ? 'create-user' : 'update-user', at, user: name },
      },
    ];
  });

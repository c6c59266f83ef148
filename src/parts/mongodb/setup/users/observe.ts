/** The wanted users as a PRIMARY knows them. Reads only; whether a password holds is seen by logging in with it. */
import type { Secret } from '../../../../values/secret.ts';
import { type DatabaseRole, isRefusal, type MongoNode, type MongoPort, type NodeAddress } from '../../mongo.ts';
import type { SeenUser } from '../seen.ts';

/** A user with what it is to have. */
export interface KnownUser {
  readonly name: string;
  readonly password: Secret;
  readonly roles: readonly DatabaseRole[];
}

const namesOf = (roles: readonly DatabaseRole[]): string =>
  roles
    .map(({ role, db }) => `${role}@${db}`)
    .sort()
    .join(' ');

const logsIn = async (
  { name, password }: KnownUser,
  mongo: MongoPort,
  at: NodeAddress,
  signal: AbortSignal,
): Promise<boolean> => {
  try {
    await mongo.visit(at, (node) => node.hello(), { signal, login: { username: name, password, source: 'admin' } });
    return true;
  } catch (thrown) {
    if (isRefusal(thrown, 'login-refused')) return false;
    throw thrown;
  }
};

/** What each of them may do, in their order; undefined for one that is not there. */
export type KnownRoles = readonly (readonly DatabaseRole[] | undefined)[];

/** In a visit that is under way. @throws MongoRefusal, ChatopsError UNREACHABLE */
export const rolesOfUsers = (users: readonly KnownUser[], node: MongoNode): Promise<KnownRoles> =>
  Promise.all(users.map(({ name }) => node.rolesOf(name)));

/** @param found their rights, as `rolesOfUsers` read them @throws MongoRefusal, ChatopsError as a visit */
export const observeUsers = async (
  users: readonly KnownUser[],
  found: KnownRoles,
  mongo: MongoPort,
  at: NodeAddress,
  signal: AbortSignal,
): Promise<readonly SeenUser[]> =>
  Promise.all(
    users.map(async (user, index): Promise<SeenUser> => {
      const roles = found[index];
      if (roles === undefined) return { name: user.name, state: 'missing' };
      if (namesOf(roles) !== namesOf(user.roles)) return { name: user.name, state: 'other-roles' };
      return { name: user.name, state: (await logsIn(user, mongo, at, signal)) ? 'right' : 'other-password' };
    }),
  );

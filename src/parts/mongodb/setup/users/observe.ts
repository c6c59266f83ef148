/**
 * The wanted users as a PRIMARY knows them. Reads only; whether a password holds is seen by what the server keeps of it,
 * and where it does not show that, by logging in.
 */
import type { Secret } from '../../../../values/secret.ts';
import { type DatabaseRole, isRefusal, type KeptUser, type MongoPort, type NodeAddress } from '../../mongo.ts';
import type { SeenUser } from '../seen.ts';
import { isPasswordOf } from './scram.ts';

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

/** What the server keeps of each of them, in their order; undefined for one that is not there. */
export type KeptUsers = readonly (KeptUser | undefined)[];

const holds = async (
  user: KnownUser,
  { scram }: KeptUser,
  mongo: MongoPort,
  at: NodeAddress,
  signal: AbortSignal,
): Promise<boolean> => (scram && (await isPasswordOf(user.password, scram))) ?? (await logsIn(user, mongo, at, signal));

/** @param found what the PRIMARY keeps of them @throws MongoRefusal, ChatopsError as a visit */
export const observeUsers = async (
  users: readonly KnownUser[],
  found: KeptUsers,
  mongo: MongoPort,
  at: NodeAddress,
  signal: AbortSignal,
): Promise<readonly SeenUser[]> =>
  Promise.all(
    users.map(async (user, index): Promise<SeenUser> => {
      const kept = found[index];
      if (kept === undefined) return { name: user.name, state: 'missing' };
      if (namesOf(kept.roles) !== namesOf(user.roles)) return { name: user.name, state: 'other-roles' };
      return { name: user.name, state: (await holds(user, kept, mongo, at, signal)) ? 'right' : 'other-password' };
    }),
  );

/** Accounts: made, changed, removed, shown. */
import type { Role } from '../access/roles.ts';
import { refusal } from '../errors.ts';
import { type Document, isDocument } from '../wire/bson-codec.ts';
import type { Call, Command } from './command.ts';

/** `'read'` is that role in the database of the command. */
const roleOf = (db: string, given: unknown): Role => {
  if (typeof given === 'string') return { role: given, db };
  if (isDocument(given) && typeof given.role === 'string' && typeof given.db === 'string')
    return { role: given.role, db: given.db };
  throw refusal('BadValue', 'Role names must be either strings or objects');
};

const rolesOf = ({ db }: Call, given: unknown): readonly Role[] => {
  if (!Array.isArray(given)) throw refusal('TypeMismatch', 'roles must be an array');
  return given.map((one) => roleOf(db, one));
};

const createUser: Command = {
  name: 'createUser',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const { server, db, body } = call;
    if (typeof body.createUser !== 'string' || typeof body.pwd !== 'string' || body.pwd === '')
      throw refusal('BadValue', 'createUser needs a name and a pwd');
    server.users.create(db, body.createUser, body.pwd, rolesOf(call, body.roles));
    return {};
  },
};

const updateUser: Command = {
  name: 'updateUser',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const { server, db, body } = call;
    if (body.pwd === undefined && body.roles === undefined)
      throw refusal('BadValue', 'Must specify at least one field to update in updateUser');
    server.users.update(db, String(body.updateUser), {
      ...(typeof body.pwd === 'string' ? { password: body.pwd } : {}),
      ...(body.roles === undefined ? {} : { roles: rolesOf(call, body.roles) }),
    });
    return {};
  },
};

const dropUser: Command = {
  name: 'dropUser',
  counts: 'write',
  needs: 'primary',
  run: ({ server, db, body }) => {
    if (!server.users.drop(db, String(body.dropUser)))
      throw refusal('UserNotFound', `User '${body.dropUser}@${db}' not found`);
    return {};
  },
};

interface Wanted {
  readonly db: string;
  /** Undefined: all of the database. */
  readonly user?: string;
}

/** `'name'`, `{ user, db }`, several of these, or 1 for all (MongoDB manual, "usersInfo"). */
const wantedOf = (db: string, asked: unknown): readonly Wanted[] => {
  if (Array.isArray(asked)) return asked.flatMap((one) => wantedOf(db, one));
  if (typeof asked === 'string') return [{ db, user: asked }];
  return isDocument(asked) ? [{ db: String(asked.db ?? db), user: String(asked.user) }] : [{ db }];
};

const isNamed = ({ user }: Wanted, { user: name }: Document): boolean => user === undefined || user === name;

const usersInfo: Command = {
  name: 'usersInfo',
  counts: 'read',
  needs: 'readable',
  run: ({ server, db, body }) => {
    const wanted = wantedOf(db, body.usersInfo);
    const all = server.users.list(body.showCredentials === true);
    return { users: all.filter((user) => wanted.some((each) => each.db === user.db && isNamed(each, user))) };
  },
};

export const users: readonly Command[] = [createUser, updateUser, dropUser, usersInfo];

/** Accounts of a mongod, kept in admin.system.users and so on every member; and the one that the key file makes. */
import { randomBytes } from '../../kit/chance.ts';
import { refusal } from '../errors.ts';
import type { Collections } from '../storage/collections.ts';
import { type Documents, keyOf } from '../storage/documents.ts';
import type { Document } from '../wire/bson-codec.ts';
import { isRole, type Role } from './roles.ts';
import { type Conversation, converse, derive, ITERATIONS, MECHANISMS, type Mechanism, readOpening } from './scram.ts';

const USERS_NS = 'admin.system.users';

/**
 * Who has the key file logs in under this name, in every state of the server; since 4.4 by SCRAM-SHA-256 alone
 * (mongodb/mongo jstests/auth, "Tests that the __system user can auth using SCRAM-SHA-256").
 */
const SYSTEM = '__system';
const SYSTEM_MECHANISMS: readonly Mechanism[] = ['SCRAM-SHA-256'];
const SYSTEM_ROLES: readonly Role[] = [{ role: SYSTEM, db: 'admin' }];

export interface Login {
  readonly user: string;
  readonly db: string;
}

export interface UserChange {
  readonly password?: string;
  readonly roles?: readonly Role[];
}

export interface Users {
  /** Whether a login is needed at all. */
  readonly required: boolean;
  /** Nobody has been made yet. */
  readonly none: boolean;
  /** How the user may log in; empty when there is none of that name. */
  mechanisms(db: string, name: string): readonly Mechanism[];
  /** Undefined when there is no such user, or not any more. */
  rolesOf(login: Login): readonly Role[] | undefined;
  /** @throws CommandError 51003 when there is one, RoleNotFound */
  create(db: string, name: string, password: string, roles: readonly Role[]): void;
  /** @throws CommandError UserNotFound, RoleNotFound */
  update(db: string, name: string, change: UserChange): void;
  drop(db: string, name: string): boolean;
  /** @param withCredentials what their passwords are checked by, too */
  list(withCredentials: boolean): Document[];
  /** The server's first message. @throws CommandError AuthenticationFailed */
  begin(of: Mechanism, db: string, clientFirst: string): Conversation;
}

export interface UsersOptions {
  readonly required: boolean;
  /** Of the key file; undefined without one. */
  readonly key: string | undefined;
}

const credentialsOf = (name: string, password: string): Document =>
  Object.fromEntries(MECHANISMS.map((of) => [of, { iterationCount: ITERATIONS, ...derive(of, name, password) }]));

const checkRoles = (roles: readonly Role[]): void => {
  const unknown = roles.find((role) => !isRole(role));
  if (unknown) throw refusal('RoleNotFound', `Could not find role: ${unknown.role}@${unknown.db}`);
};

const shown = ({ _id, user, db, roles }: Document): Document => ({ _id, user, db, roles, mechanisms: [...MECHANISMS] });

export const createUsers = (documents: Documents, collections: Collections, { required, key }: UsersOptions): Users => {
  const idOf = (db: string, name: string) => `${db}.${name}`;
  const find = (db: string, name: string) => documents.get(USERS_NS, keyOf(idOf(db, name)));
  /** As a user of `local` it is in no collection; `admin` leads to it as well. */
  const isSystem = (db: string, name: string) => name === SYSTEM && ['local', 'admin'].includes(db);
  const storedOf = (of: Mechanism, db: string, name: string) => {
    if (!isSystem(db, name)) return find(db, name)?.credentials?.[of];
    if (key === undefined)
      throw refusal(
        'AuthenticationFailed',
        'It is not possible to authenticate as the __system user on servers started without a --keyFile parameter',
      );
    return SYSTEM_MECHANISMS.includes(of) ? derive(of, name, key) : undefined;
  };
  return {
    required,
    get none() {
      return documents.all(USERS_NS).length === 0;
    },
    mechanisms: (db, name) => {
      if (isSystem(db, name)) return key === undefined ? [] : SYSTEM_MECHANISMS;
      return find(db, name) === undefined ? [] : MECHANISMS;
    },
    rolesOf: ({ db, user }) => (isSystem(db, user) ? SYSTEM_ROLES : (find(db, user)?.roles as Role[] | undefined)),
    create: (db, name, password, roles) => {
      if (find(db, name)) throw refusal('Location51003', `User "${name}@${db}" already exists`);
      checkRoles(roles);
      collections.insert(USERS_NS, {
        _id: idOf(db, name),
        user: name,
        db,
        credentials: credentialsOf(name, password),
        roles,
      });
    },
    update: (db, name, { password, roles }) => {
      const before = find(db, name);
      if (!before) throw refusal('UserNotFound', `User ${name}@${db} not found`);
      if (roles) checkRoles(roles);
      collections.replace(USERS_NS, before, {
        ...before,
        ...(password === undefined ? {} : { credentials: credentialsOf(name, password) }),
        ...(roles === undefined ? {} : { roles }),
      });
    },
    drop: (db, name) => {
      const user = find(db, name);
      if (user) collections.remove(USERS_NS, user);
      return user !== undefined;
    },
    list: (withCredentials) =>
      documents
        .all(USERS_NS)
        .map((user) => ({ ...shown(user), ...(withCredentials && { credentials: user.credentials }) })),
    begin: (of, db, clientFirst) => {
      const opening = readOpening(of, db, clientFirst);
      // An unknown user goes through the same steps, and fails at the end like a wrong password.
      const stored = storedOf(of, db, opening.name) ?? derive(of, opening.name, randomBytes(12).toString('hex'));
      return converse(opening, stored);
    },
  };
};

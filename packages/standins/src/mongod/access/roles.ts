/** Built-in roles and what they allow: MongoDB manual, "Built-In Roles in Self-Managed Deployments". As much as is played. */

/** Kinds of what a command does. `see-set`: config and status of the set; `look`: what a server says of itself. */
export type Action =
  | 'read'
  | 'list'
  | 'write'
  | 'shape'
  | 'drop-database'
  | 'users'
  | 'see-set'
  | 'look'
  | 'manage'
  | 'internal';

export interface Role {
  readonly role: string;
  readonly db: string;
}

interface Allows {
  readonly actions: readonly Action[];
  /** `own`: in the role's database; `any`: in all but `local` and `config`; `all`: everywhere, system collections too. */
  readonly where: 'own' | 'any' | 'all';
}

const READ = ['read', 'list'] as const;
const READ_WRITE = [...READ, 'write', 'shape'] as const;
const DB_ADMIN = ['list', 'shape', 'drop-database'] as const;
const CLUSTER = ['see-set', 'look', 'manage'] as const;

/** Granted in any database. */
const EVERYWHERE: Readonly<Record<string, Allows>> = {
  read: { actions: READ, where: 'own' },
  readWrite: { actions: READ_WRITE, where: 'own' },
  dbAdmin: { actions: DB_ADMIN, where: 'own' },
  userAdmin: { actions: ['users'], where: 'own' },
  dbOwner: { actions: [...READ_WRITE, ...DB_ADMIN, 'users'], where: 'own' },
};

/** Granted in `admin` alone. */
const IN_ADMIN: Readonly<Record<string, Allows>> = {
  readAnyDatabase: { actions: READ, where: 'any' },
  readWriteAnyDatabase: { actions: READ_WRITE, where: 'any' },
  dbAdminAnyDatabase: { actions: DB_ADMIN, where: 'any' },
  userAdminAnyDatabase: { actions: ['users'], where: 'all' },
  clusterMonitor: { actions: ['see-set', 'look'], where: 'all' },
  clusterManager: { actions: ['see-set', 'manage'], where: 'all' },
  clusterAdmin: { actions: [...CLUSTER, 'drop-database'], where: 'all' },
  root: { actions: [...READ_WRITE, ...DB_ADMIN, ...CLUSTER, 'users'], where: 'all' },
  __system: { actions: [...READ_WRITE, ...DB_ADMIN, ...CLUSTER, 'users', 'internal'], where: 'all' },
};

const allowsOf = ({ role, db }: Role): Allows | undefined =>
  (db === 'admin' && Object.hasOwn(IN_ADMIN, role) ? IN_ADMIN[role] : undefined) ??
  (Object.hasOwn(EVERYWHERE, role) ? EVERYWHERE[role] : undefined);

export const isRole = (role: Role): boolean => allowsOf(role) !== undefined;

const SERVERS_OWN = new Set(['local', 'config']);

const covers = ({ db: own }: Role, { where }: Allows, db: string, collection: string): boolean => {
  if (where === 'all') return true;
  if (collection.startsWith('system.')) return false;
  return where === 'own' ? db === own : !SERVERS_OWN.has(db);
};

/** @param collection empty where the command is about none */
export const allows = (roles: readonly Role[], action: Action, db: string, collection: string): boolean =>
  roles.some((role) => {
    const found = allowsOf(role);
    return found?.actions.includes(action) === true && covers(role, found, db, collection);
  });

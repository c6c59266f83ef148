/** Who may do what: every command of a client is one action on one database, which a role of the user must allow. */
import type { Call } from '../commands/command.ts';
import { refusal } from '../errors.ts';
import type { Server } from '../server.ts';
import type { Connection } from '../wire/listener.ts';
import { type Action, allows } from './roles.ts';
import type { Login } from './users.ts';

/** `user`: everybody who has logged in. */
const ACTIONS: Readonly<Record<string, Action | 'user'>> = {
  find: 'read',
  count: 'read',
  distinct: 'read',
  aggregate: 'read',
  getMore: 'user',
  killCursors: 'user',
  insert: 'write',
  update: 'write',
  delete: 'write',
  findAndModify: 'write',
  // Shows the databases that the user may read.
  listDatabases: 'user',
  listCollections: 'list',
  listIndexes: 'list',
  create: 'shape',
  drop: 'shape',
  createIndexes: 'shape',
  dropIndexes: 'shape',
  dropDatabase: 'drop-database',
  createUser: 'users',
  updateUser: 'users',
  dropUser: 'users',
  usersInfo: 'users',
  replSetGetConfig: 'see-set',
  replSetGetStatus: 'see-set',
  replSetInitiate: 'manage',
  replSetReconfig: 'manage',
  replSetStepDown: 'manage',
  replSetFreeze: 'manage',
  serverStatus: 'look',
  hostInfo: 'look',
  getCmdLineOpts: 'look',
  getLog: 'look',
  getParameter: 'look',
  whatsmyuri: 'user',
};

/** What the first connection from the same machine may do while there are no users. */
const WHILE_NOBODY: ReadonlySet<Action> = new Set(['users', 'manage', 'see-set']);

const isLoopback = (address: string): boolean => /^(?:::1|(?:::ffff:)?127\.[\d.]+)$/.test(address);

/** Undefined without a login, and when the user has been removed since. */
export const loginOf = ({ memory }: Pick<Connection, 'memory'>, { users }: Server): Login | undefined => {
  const login = memory.get('user') as Login | undefined;
  return login && users.rolesOf(login) ? login : undefined;
};

/** Whether the user of a connection may do that; always where no login is needed. */
export const may = (
  { server, connection }: Pick<Call, 'server' | 'connection'>,
  action: Action,
  db: string,
  collection = '',
): boolean => {
  if (!server.users.required) return true;
  const login = loginOf(connection, server);
  return login !== undefined && allows(server.users.rolesOf(login) ?? [], action, db, collection);
};

const isExcepted = ({ server, connection, db }: Call, action: Action | 'user'): boolean =>
  server.localhostException &&
  server.users.none &&
  isLoopback(connection.remoteAddress) &&
  action !== 'user' &&
  WHILE_NOBODY.has(action) &&
  db === 'admin';

const collectionIn = ({ body }: Call): string => {
  const [first] = Object.values(body);
  return typeof first === 'string' ? first : '';
};

/** Users may always read about themselves. */
const isAboutSelf = (call: Call, name: string, login: Login): boolean =>
  name === 'usersInfo' && call.db === login.db && collectionIn(call) === login.user;

/** @throws CommandError Unauthorized */
export const checkRights = (call: Call, name: string): void => {
  const { server, connection, db } = call;
  if (!server.users.required) return;
  const action = ACTIONS[name];
  if (action === undefined) throw refusal('InternalError', `nobody has said who may run ${name}`);
  if (isExcepted(call, action)) return;
  const login = loginOf(connection, server);
  if (login === undefined) throw refusal('Unauthorized', `Command ${name} requires authentication`);
  if (action === 'user' || isAboutSelf(call, name, login)) return;
  if (!may(call, action, db, collectionIn(call)))
    throw refusal('Unauthorized', `not authorized on ${db} to execute command { ${name}: … }`);
};

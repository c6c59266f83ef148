/** Who may do what in the set: users by need, all of them kept in `admin`. */

import type { Config } from '../../config/config.ts';
import type { SecretSpec } from '../../config/secrets.ts';
import { sectionOf } from '../../config/section.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import type { Account } from '../../stack/stack.ts';
import type { DatabaseRole } from './mongo.ts';
import { PROBE_DATABASE } from './probe-database.ts';
import { DATABASE_PASSWORD, SET_KEY } from './secret-kinds.ts';
import { MONGO_KEY, MONGO_PASSWORD, MONGO_PROBE_PASSWORD } from './secret-names.ts';
import type { UserSpec } from './setup/spec.ts';

/** What the chat keeps its data by. */
export const databaseAccount: Account & { readonly database: string } = {
  username: 'rocketchat',
  password: MONGO_PASSWORD,
  database: 'rocketchat',
};

/** It looks for a document that is not there, and may read nothing else. */
export const probeAccount: Account = { username: 'probe', password: MONGO_PROBE_PASSWORD };

/**
 * Rocket.Chat's database with its change streams; its statistics ask `serverStatus`, for which its makers name
 * clusterMonitor (docs.rocket.chat, "MongoDB as a service"). Since 8.0 it reads no oplog.
 */
const chatRoles = (database: string): readonly DatabaseRole[] => [
  { role: 'readWrite', db: database },
  { role: 'clusterMonitor', db: 'admin' },
];

export const databaseUsers = (): readonly UserSpec[] => [
  {
    name: databaseAccount.username,
    password: databaseAccount.password,
    roles: chatRoles(databaseAccount.database),
  },
  { name: probeAccount.username, password: probeAccount.password, roles: [{ role: 'read', db: PROBE_DATABASE }] },
];

export const mongodbSecrets = (config: Config): readonly SecretSpec[] => [
  {
    name: MONGO_KEY,
    what: `key that the members of ${sectionOf(config, DATABASE).set} share, and by which our job rules it`,
    kind: SET_KEY,
    origin: 'generated',
    note: 'changed by `chatops-up rotate mongo-key`, or here: the next run starts every member again with it',
  },
  {
    name: MONGO_PASSWORD,
    what: `password of ${databaseAccount.username} in MongoDB`,
    kind: DATABASE_PASSWORD,
    origin: 'generated',
    note: 'changed by `chatops-up rotate mongo-password`, or here: the next run updates both sides',
  },
  {
    name: MONGO_PROBE_PASSWORD,
    what: `password of ${probeAccount.username} in MongoDB, which may only look`,
    kind: DATABASE_PASSWORD,
    origin: 'generated',
    note: 'changed by `chatops-up rotate mongo-probe-password`, or here: the next run updates both sides',
  },
];

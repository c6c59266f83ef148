import type { Config } from '../../config/config.ts';
import type { SecretSpec } from '../../config/secrets.ts';
import { settingsOf } from '../../contracts/chat-kind.ts';
import { accountSecrets } from '../../stack/chat-secrets.ts';
import type { DatabaseOffer } from '../../stack/stack.ts';
import { bundlesChat } from '../../stack/variation.ts';
import { DATABASE_URL } from './database-url.ts';
import { rocketchatKind } from './kind.ts';
import { CHAT_PASSWORD } from './secret-kinds.ts';

/** Variable of the licence, in .env and for the server (RocketChat/Rocket.Chat:ee/app/license/server/startup.ts). */
export const LICENSE = 'ROCKETCHAT_LICENSE';

const license: SecretSpec = {
  name: LICENSE,
  what: 'licence of Rocket.Chat',
  kind: 'opaque',
  origin: 'given',
  note: 'the text that Rocket.Chat sent you, in one line; without one take `licensed` out of chatops.yaml',
};

/** Variable of the address of a database that exists already. */
export const MONGO_URL = 'CHATOPS_MONGO_URL';

const mongoUrl: SecretSpec = {
  name: MONGO_URL,
  what: 'address of your MongoDB replica set for Rocket.Chat',
  kind: DATABASE_URL,
  origin: 'given',
  note: 'mongodb://user:password@host:27017/rocketchat?replicaSet=…&authSource=admin, user and password percent-encoded',
};

/** @param database undefined: none is ours */
export const rocketchatSecrets = (config: Config, database: DatabaseOffer | undefined): readonly SecretSpec[] => [
  ...accountSecrets(config, 'Rocket.Chat', CHAT_PASSWORD),
  ...(bundlesChat(config) && database === undefined ? [mongoUrl] : []),
  ...(bundlesChat(config) && settingsOf(config, rocketchatKind).licensed ? [license] : []),
];

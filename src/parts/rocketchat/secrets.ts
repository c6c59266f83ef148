import type { Config } from '../../config/config.ts';
import type { SecretSpec } from '../../config/secrets.ts';
import { sectionOf } from '../../config/section.ts';
import { ADMIN } from '../../contracts/sections/admin.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { adminAccount, botAccount, userPasswordName } from '../../stack/chat-accounts.ts';
import type { DatabaseOffer } from '../../stack/stack.ts';
import { bundlesChat } from '../../stack/variation.ts';
import { CHAT_PASSWORD } from './secret-kinds.ts';

const adminPassword = (config: Config): SecretSpec => {
  const ours = bundlesChat(config);
  return {
    name: adminAccount(config).password,
    what: `password of ${sectionOf(config, ADMIN).username}, the administrator of Rocket.Chat`,
    kind: ours ? CHAT_PASSWORD : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'counts when the administrator is first made; later the server keeps its own'
      : 'the one that account has on your Rocket.Chat',
  };
};

const botPassword = (config: Config): SecretSpec => ({
  name: botAccount(config).password,
  what: `password of ${sectionOf(config, CHAT).bot.username}, the bot`,
  kind: CHAT_PASSWORD,
  origin: 'generated',
  note: 'counts when the account is made',
});

const userPassword = (username: string): SecretSpec => ({
  name: userPasswordName(username),
  what: `first password of ${username}`,
  kind: CHAT_PASSWORD,
  origin: 'generated',
  note: 'counts when the account is made; hand it over, it can be changed in the chat',
});

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
  kind: 'opaque',
  origin: 'given',
  note: 'mongodb://user:password@host:27017/rocketchat?replicaSet=…&authSource=admin, user and password percent-encoded',
};

/** @param database undefined: none is ours */
export const rocketchatSecrets = (config: Config, database: DatabaseOffer | undefined): readonly SecretSpec[] => [
  adminPassword(config),
  botPassword(config),
  ...sectionOf(config, CHAT).users.map(({ username }) => userPassword(username)),
  ...(bundlesChat(config) && database === undefined ? [mongoUrl] : []),
  ...(bundlesChat(config) && sectionOf(config, CHAT).licensed ? [license] : []),
];

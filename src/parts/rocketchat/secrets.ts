import type { Config } from '../../config/config.ts';
import { ADMIN_PASSWORD, BOT_PASSWORD, MONGO_URL, userPasswordName } from '../../config/secret-names.ts';
import type { SecretSpec } from '../../config/secrets.ts';
import { bundlesChat } from '../../stack/variation.ts';

const adminPassword = (config: Config): SecretSpec => {
  const ours = bundlesChat(config);
  return {
    name: ADMIN_PASSWORD,
    what: `password of ${config.admin.username}, the administrator of Rocket.Chat`,
    kind: ours ? 'rocketchat-password' : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'counts when the administrator is first made; later the server keeps its own'
      : 'the one that account has on your Rocket.Chat',
  };
};

const botPassword = ({ chat }: Config): SecretSpec => ({
  name: BOT_PASSWORD,
  what: `password of ${chat.bot.username}, the bot`,
  kind: 'rocketchat-password',
  origin: 'generated',
  note: 'counts when the account is made',
});

const userPassword = (username: string): SecretSpec => ({
  name: userPasswordName(username),
  what: `first password of ${username}`,
  kind: 'rocketchat-password',
  origin: 'generated',
  note: 'counts when the account is made; hand it over, it can be changed in the chat',
});

const mongoUrl: SecretSpec = {
  name: MONGO_URL,
  what: 'address of your MongoDB replica set for Rocket.Chat',
  kind: 'opaque',
  origin: 'given',
  note: 'mongodb://user:password@host:27017/rocketchat?replicaSet=…&authSource=admin, user and password percent-encoded',
};

export const rocketchatSecrets = (config: Config): readonly SecretSpec[] => [
  adminPassword(config),
  botPassword(config),
  ...config.chat.users.map(({ username }) => userPassword(username)),
  ...(bundlesChat(config) && config.mongo.kind === 'external' ? [mongoUrl] : []),
];

import type { Config } from '../../config/config.ts';
import { ADMIN_PASSWORD, BOT_PASSWORD, MONGO_URL, userPasswordName } from '../../config/secret-names.ts';
import type { SecretSpec } from '../../config/secrets.ts';
import { sectionOf } from '../../config/section.ts';
import { ADMIN } from '../../contracts/sections/admin.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import { bundlesChat } from '../../stack/variation.ts';
import { CHAT_PASSWORD } from './secret-kinds.ts';

const adminPassword = (config: Config): SecretSpec => {
  const ours = bundlesChat(config);
  return {
    name: ADMIN_PASSWORD,
    what: `password of ${sectionOf(config, ADMIN).username}, the administrator of Rocket.Chat`,
    kind: ours ? CHAT_PASSWORD : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'counts when the administrator is first made; later the server keeps its own'
      : 'the one that account has on your Rocket.Chat',
  };
};

const botPassword = (config: Config): SecretSpec => ({
  name: BOT_PASSWORD,
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
  ...sectionOf(config, CHAT).users.map(({ username }) => userPassword(username)),
  ...(bundlesChat(config) && sectionOf(config, DATABASE).kind === 'external' ? [mongoUrl] : []),
];

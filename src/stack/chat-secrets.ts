/** Passwords of the accounts that chatops.yaml names in a chat, of whatever kind it is. */
import type { Config } from '../config/config.ts';
import type { SecretKind, SecretSpec } from '../config/secrets.ts';
import { sectionOf } from '../config/section.ts';
import { ADMIN } from '../contracts/sections/admin.ts';
import { CHAT } from '../contracts/sections/chat.ts';
import { adminAccount, botAccount, userPasswordName } from './chat-accounts.ts';
import { bundlesChat } from './variation.ts';

const adminPassword = (config: Config, title: string, kind: SecretKind): SecretSpec => {
  const ours = bundlesChat(config);
  return {
    name: adminAccount(config).password,
    what: `password of ${sectionOf(config, ADMIN).username}, the administrator of ${title}`,
    kind: ours ? kind : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'counts when the administrator is first made; later the server keeps its own'
      : `the one that account has on your ${title}`,
  };
};

const botPassword = (config: Config, kind: SecretKind): SecretSpec => ({
  name: botAccount(config).password,
  what: `password of ${sectionOf(config, CHAT).bot.username}, the bot`,
  kind,
  origin: 'generated',
  note: 'counts when the account is made',
});

const userPassword = (username: string, kind: SecretKind): SecretSpec => ({
  name: userPasswordName(username),
  what: `first password of ${username}`,
  kind,
  origin: 'generated',
  note: 'counts when the account is made; hand it over, it can be changed in the chat',
});

/** @param title of the server, as users read it @param kind of the passwords that it takes */
export const accountSecrets = (config: Config, title: string, kind: SecretKind): readonly SecretSpec[] => [
  adminPassword(config, title, kind),
  botPassword(config, kind),
  ...sectionOf(config, CHAT).users.map(({ username }) => userPassword(username, kind)),
];

import type { Config } from '../../config/config.ts';
import { ONE_LINE } from '../../config/secret-rules.ts';
import type { SecretKind, SecretSpec } from '../../config/secrets.ts';
import { sectionOf } from '../../config/section.ts';
import { ADMIN } from '../../contracts/sections/admin.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { adminAccount, botAccount, userPasswordName } from '../../stack/chat-accounts.ts';
import { bundlesChat } from '../../stack/variation.ts';

/** `PasswordSettings.MinimumLength` is 8 by default, 14 in FIPS images; above 72 the server refuses (model.PasswordMaximumLength). */
export const CHAT_PASSWORD: SecretKind = {
  rules: [ONE_LINE, { matches: /^.{14,72}$/, otherwise: 'is not 14 to 72 characters, as Mattermost wants it' }],
  shape: { alphabet: 'password', length: 24 },
};

const adminPassword = (config: Config): SecretSpec => {
  const ours = bundlesChat(config);
  return {
    name: adminAccount(config).password,
    what: `password of ${sectionOf(config, ADMIN).username}, the administrator of Mattermost`,
    kind: ours ? CHAT_PASSWORD : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'counts when the administrator is first made; later the server keeps its own'
      : 'the one that account has on your Mattermost',
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

export const mattermostSecrets = (config: Config): readonly SecretSpec[] => [
  adminPassword(config),
  botPassword(config),
  ...sectionOf(config, CHAT).users.map(({ username }) => userPassword(username)),
];

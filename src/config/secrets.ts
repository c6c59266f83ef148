/** Every secret a configuration needs: under which variable of .env, who reads it, and what it must look like. */
import type { Config } from './config.ts';
import {
  ADMIN_PASSWORD,
  BOT_PASSWORD,
  GITLAB_ROOT_PASSWORD,
  GITLAB_TOKEN,
  HOOK_SECRET,
  MONGO_URL,
  userPasswordName,
} from './secret-names.ts';

/** Which program's rules the value must pass; see secret-rules.ts. */
export type SecretKind =
  | 'rocketchat-password'
  | 'gitlab-root-password'
  | 'gitlab-preset-token'
  | 'hook-secret'
  | 'opaque';

export interface SecretSpec {
  /** Variable of .env. */
  readonly name: string;
  /** What it is, for people. */
  readonly what: string;
  /** Services and jobs of the stack that read it, sorted. */
  readonly readBy: readonly string[];
  readonly kind: SecretKind;
  /** `generated`: made by us when it is missing. `given`: only a person can know it. */
  readonly origin: 'generated' | 'given';
  /** What a person who wants to set or find it should know. */
  readonly note: string;
}

/** In the order in which they stand in .env and in the table. */
export const secretsOf = (config: Config): readonly SecretSpec[] => [
  adminPassword(config),
  botPassword(config),
  ...config.chat.users.map(({ username }) => userPassword(username)),
  ...(config.chat.url === undefined && config.mongo.kind === 'external' ? [mongoUrl] : []),
  ...(config.gitlab.kind === 'bundled' ? [rootPassword] : []),
  ...(config.gitlab.kind === 'none' ? [] : [gitlabToken(config)]),
  ...(config.gitlab.kind === 'none' ? [] : [hookSecret(config)]),
];

const announces = ({ gitlab }: Config): boolean => gitlab.kind !== 'none' && gitlab.announce.length > 0;
/** A pipeline of a project is what the announcement is proven with. */
const provesAnnouncement = (config: Config): boolean =>
  announces(config) &&
  config.gitlab.announce.some(({ source, events }) => source.kind === 'project' && events.includes('pipeline'));

const readers = (names: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.keys(names)
    .filter((name) => names[name])
    .sort();

const adminPassword = (config: Config): SecretSpec => {
  const ours = config.chat.url === undefined;
  return {
    name: ADMIN_PASSWORD,
    what: `password of ${config.admin.username}, the administrator of Rocket.Chat`,
    readBy: readers({
      rocketchat: ours,
      'rocketchat-setup': true,
      'gitlab-setup': config.gitlab.kind !== 'none',
      announcement: provesAnnouncement(config),
    }),
    kind: ours ? 'rocketchat-password' : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'counts when the administrator is first made; later the server keeps its own'
      : 'the one that account has on your Rocket.Chat',
  };
};

const botPassword = (config: Config): SecretSpec => ({
  name: BOT_PASSWORD,
  what: `password of ${config.chat.bot.username}, the bot`,
  readBy: readers({
    bot: true,
    conversation: true,
    prober: true,
    'rocketchat-setup': true,
    announcement: provesAnnouncement(config),
  }),
  kind: 'rocketchat-password',
  origin: 'generated',
  note: 'counts when the account is made',
});

const userPassword = (username: string): SecretSpec => ({
  name: userPasswordName(username),
  what: `first password of ${username}`,
  readBy: ['rocketchat-setup'],
  kind: 'rocketchat-password',
  origin: 'generated',
  note: 'counts when the account is made; hand it over, it can be changed in the chat',
});

const mongoUrl: SecretSpec = {
  name: MONGO_URL,
  what: 'address of your MongoDB replica set for Rocket.Chat',
  readBy: ['rocketchat'],
  kind: 'opaque',
  origin: 'given',
  note: 'mongodb://user:password@host:27017/rocketchat?replicaSet=…&authSource=admin, user and password percent-encoded',
};

const rootPassword: SecretSpec = {
  name: GITLAB_ROOT_PASSWORD,
  what: "password of root, GitLab's administrator",
  readBy: ['gitlab'],
  kind: 'gitlab-root-password',
  origin: 'generated',
  note: 'counts only when the database is first made',
};

const gitlabToken = (config: Config): SecretSpec => {
  const ours = config.gitlab.kind === 'bundled';
  const runner = config.runner !== undefined;
  return {
    name: GITLAB_TOKEN,
    what: ours ? "access token of root for our jobs, preset at GitLab's first start" : 'access token of your GitLab',
    readBy: readers({
      gitlab: ours,
      'gitlab-setup': true,
      prober: ours || runner,
      // Its HEALTHCHECK; jobs of a shell runner could read it there, so that one does without.
      'gitlab-runner': config.runner?.executor === 'docker',
      'runner-registration': runner,
      announcement: provesAnnouncement(config),
    }),
    kind: ours ? 'gitlab-preset-token' : 'opaque',
    origin: ours ? 'generated' : 'given',
    note: ours
      ? 'exactly 20 characters: glpat- and 14 of A-Z, a-z, 0-9, _ and -'
      : 'make one at <your GitLab>/-/user_settings/personal_access_tokens with scope api (and create_runner rights)',
  };
};

const hookSecret = (config: Config): SecretSpec => ({
  name: HOOK_SECRET,
  what: "what GitLab's hooks send as X-Gitlab-Token and the chat's webhook compares",
  readBy: readers({
    'gitlab-setup': true,
    'rocketchat-setup': announces(config),
    announcement: provesAnnouncement(config),
  }),
  kind: 'hook-secret',
  origin: 'generated',
  note: 'changed by `chatops-up rotate hook-secret`, or here: the next run tells both sides and loses no delivery',
});

/**
 * Every default of chatops.yaml in one place. Image pins follow the compatibility rules of
 * `rules/mongo-fits-rocketchat.ts` and `rules/runner-fits-gitlab.ts`.
 */
import type { AnnounceEvent, Config, ImageName, RoomConfig } from './config.ts';

export const DEFAULT_NAME = 'chatops';
export const DEFAULT_DOMAIN = 'chatops.localhost';
export const DEFAULT_PORTS = { http: 8080, https: 8443, ssh: 2222 } as const;
export const DEFAULT_ADMIN = { username: 'chief', name: 'Chief' } as const;
export const DEFAULT_BOT = { username: 'hubot', name: 'Hubot' } as const;
/** major.minor; the newest line of the Docker Official Image that MongoDB 8.0 is tested with. */
export const DEFAULT_CHAT_VERSION = '8.5';
export const DEFAULT_GITLAB_VERSION = '19.3.0';
export const DEFAULT_ROOMS: readonly RoomConfig[] = [
  { name: 'ops', kind: 'channel', members: [], readOnly: false },
  { name: 'ci', kind: 'channel', members: [], readOnly: false },
];
/** Made on a bundled GitLab so that there is something to announce, and a pipeline to prove it with. */
export const DEFAULT_PROJECT = 'chatops/hello';
/** The room announcements go to when none is named and it exists. */
export const DEFAULT_ANNOUNCE_ROOM = 'ci';
export const DEFAULT_EVENTS: readonly AnnounceEvent[] = ['push', 'merge_requests', 'pipeline'];
export const DEFAULT_CONCURRENT = 2;
export const DEFAULT_JOB_IMAGE = 'alpine:3.22';
export const DEFAULT_MONGO = { kind: 'bundled', set: 'rs0', members: 1 } as const;
export const DEFAULT_DOCKER = { startInterval: true } as const;
/** Made by Rocket.Chat itself at its first start (`_id` GENERAL); always a public channel. */
export const GENERAL_ROOM = 'general';

/** The newest MongoDB line each Rocket.Chat major is tested with by its makers. */
export const mongoImageFor = (chatVersion: string): string => {
  const major = Number.parseInt(chatVersion, 10);
  if (major >= 8) return 'mongo:8.0';
  return major === 7 ? 'mongo:7.0' : 'mongo:6.0';
};

/** Runner and GitLab are released together under one version number. */
export const runnerImageFor = (gitlabVersion: string): string => `gitlab/gitlab-runner:alpine-v${gitlabVersion}`;

export const defaultImages = (
  chatVersion: string = DEFAULT_CHAT_VERSION,
  gitlabVersion: string = DEFAULT_GITLAB_VERSION,
): Record<ImageName, string> => ({
  mongo: mongoImageFor(chatVersion),
  rocketchat: `rocket.chat:${chatVersion}`,
  gitlab: `gitlab/gitlab-ce:${gitlabVersion}-ce.0`,
  'gitlab-runner': runnerImageFor(gitlabVersion),
  nginx: 'nginx:1.28-alpine',
  tools: 'chatops-up/tools:0.1.0',
});

/** What stands after the `@` in addresses nobody gave. Rocket.Chat wants a dot there. */
export const mailDomain = (domain: string): string => (domain.includes('.') ? domain : `${domain}.localdomain`);

/** The bot's account needs an address of its own; nothing is ever sent there. */
export const botEmail = ({ chat, domain }: Pick<Config, 'chat' | 'domain'>): string =>
  `${chat.bot.username}@${mailDomain(domain)}`;

export const defaultConfig = (): Config => ({
  name: DEFAULT_NAME,
  domain: DEFAULT_DOMAIN,
  parts: [],
  ports: { ...DEFAULT_PORTS },
  admin: { ...DEFAULT_ADMIN, email: `${DEFAULT_ADMIN.username}@${DEFAULT_DOMAIN}` },
  chat: {
    kind: 'rocketchat',
    receiver: 'webhook',
    version: DEFAULT_CHAT_VERSION,
    rooms: DEFAULT_ROOMS.map((room) => ({ ...room })),
    users: [],
    bot: { ...DEFAULT_BOT, rooms: DEFAULT_ROOMS.map((room) => room.name) },
    locale: 'en',
  },
  gitlab: {
    kind: 'bundled',
    announce: [
      {
        source: { kind: 'project', path: DEFAULT_PROJECT },
        room: DEFAULT_ANNOUNCE_ROOM,
        events: [...DEFAULT_EVENTS],
      },
    ],
  },
  notifier: { people: {}, routes: [], wording: {} },
  runner: {
    description: `${DEFAULT_NAME} runner`,
    tags: ['docker'],
    executor: 'docker',
    image: DEFAULT_JOB_IMAGE,
    runUntagged: true,
    concurrent: DEFAULT_CONCURRENT,
    scope: { kind: 'instance' },
  },
  mongo: { ...DEFAULT_MONGO },
  images: defaultImages(),
  timeouts: {},
  docker: { ...DEFAULT_DOCKER },
  sections: {},
});

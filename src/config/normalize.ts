/** Written → Config: defaults in, short forms spelled out. Decides nothing else; what is wrong is left to the rules. */

import { durationMs } from '../values/names.ts';
import { type Additions, NO_ADDITIONS } from './additions.ts';
import type {
  AdminConfig,
  AnnounceConfig,
  BotConfig,
  ChatConfig,
  Config,
  DockerConfig,
  GitLabConfig,
  MongoConfig,
  NotifierConfig,
  PortsConfig,
  RoomConfig,
  RouteConfig,
  RunnerConfig,
  TlsConfig,
  UserConfig,
} from './config.ts';
import * as defaults from './defaults.ts';
import { gitlabVersionOf, imageVersion } from './image-reference.ts';
import type { Written } from './written.ts';

type WrittenChat = NonNullable<Written['chat']>;
type WrittenGitLab = Exclude<NonNullable<Written['gitlab']>, string>;
type WrittenAnnounce = NonNullable<WrittenGitLab['announce']>[number];
type WrittenRoute = NonNullable<NonNullable<Written['notifier']>['routes']>[number];
type WrittenRunner = Exclude<NonNullable<Written['runner']>, boolean>;

export const normalize = (written: Written, additions: Additions = NO_ADDITIONS): Config => {
  const name = written.name ?? defaults.DEFAULT_NAME;
  const domain = written.domain ?? defaults.DEFAULT_DOMAIN;
  const chat = normalizeChat(written.chat ?? {}, domain, written.images?.rocketchat);
  const gitlab = normalizeGitLab(written.gitlab ?? {}, chat.rooms);
  return {
    name,
    domain,
    parts: written.parts ?? [],
    ports: { ...defaults.DEFAULT_PORTS, ...dropUndefined<PortsConfig>(written.ports ?? {}) },
    ...(written.tls === undefined ? {} : { tls: normalizeTls(written.tls) }),
    ...(written.authority === undefined ? {} : { authority: written.authority }),
    admin: normalizeAdmin(written.admin ?? {}, domain),
    chat,
    gitlab,
    notifier: normalizeNotifier(written.notifier ?? {}),
    ...normalizeRunner(written.runner, name, gitlab.kind),
    mongo: { ...defaults.DEFAULT_MONGO, ...dropUndefined<MongoConfig>(written.mongo ?? {}) },
    images: { ...addedImages(additions), ...normalizeImages(written.images ?? {}, chat.version) },
    timeouts: normalizeTimeouts(written.timeouts ?? {}),
    docker: { ...defaults.DEFAULT_DOCKER, ...dropUndefined<DockerConfig>(written.docker ?? {}) },
    sections: normalizeSections(written, additions),
  };
};

const dropUndefined = <T extends object>(value: { [K in keyof T]?: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Partial<T>;

/** A missing half stays empty here; `rules/tls-has-both-files.ts` refuses it. */
const normalizeTls = (tls: NonNullable<Written['tls']>): TlsConfig => ({
  certificate: tls.certificate ?? '',
  key: tls.key ?? '',
});

const normalizeAdmin = (admin: NonNullable<Written['admin']>, domain: string): AdminConfig => {
  const username = admin.username ?? defaults.DEFAULT_ADMIN.username;
  return {
    username,
    name: admin.name ?? (admin.username === undefined ? defaults.DEFAULT_ADMIN.name : username),
    email: admin.email ?? `${username}@${defaults.mailDomain(domain)}`,
  };
};

const normalizeChat = (chat: WrittenChat, domain: string, image: string | undefined): ChatConfig => {
  const rooms = chat.rooms === undefined ? defaults.DEFAULT_ROOMS : chat.rooms.map(normalizeRoom);
  return {
    kind: chat.kind ?? 'rocketchat',
    receiver: chat.receiver ?? 'webhook',
    ...(chat.url === undefined ? {} : { url: withoutTrailingSlash(chat.url) }),
    version: String(chat.version ?? chatVersionOf(image)),
    rooms: rooms.map((room) => ({ ...room })),
    users: (chat.users ?? []).map((user) => normalizeUser(user, domain)),
    bot: normalizeBot(chat.bot ?? {}, rooms),
    locale: chat.locale ?? 'en',
  };
};

/** Where only the image is named, its tag says the version. */
const chatVersionOf = (image: string | undefined): string => {
  const version = image === undefined ? undefined : imageVersion(image);
  return version === undefined ? defaults.DEFAULT_CHAT_VERSION : `${version.major}.${version.minor}`;
};

const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '');

const normalizeRoom = (room: NonNullable<WrittenChat['rooms']>[number]): RoomConfig => {
  const full = typeof room === 'string' ? { name: room } : room;
  return {
    name: full.name,
    kind: full.kind ?? 'channel',
    members: full.members ?? [],
    readOnly: full.readOnly ?? false,
  };
};

const normalizeUser = (user: NonNullable<WrittenChat['users']>[number], domain: string): UserConfig => {
  const full = typeof user === 'string' ? { username: user } : user;
  return {
    username: full.username,
    name: full.name ?? full.username,
    email: full.email ?? `${full.username}@${defaults.mailDomain(domain)}`,
    roles: full.roles ?? ['user'],
  };
};

/**
 * A stack without rooms still has Rocket.Chat's own: the bot needs one to prove the conversation in. It is proven in
 * the first, so rooms where it may not post come last.
 */
const normalizeBot = (bot: NonNullable<WrittenChat['bot']>, rooms: readonly RoomConfig[]): BotConfig => {
  const username = bot.username ?? defaults.DEFAULT_BOT.username;
  const writable = [...rooms.filter((room) => !room.readOnly), ...rooms.filter((room) => room.readOnly)];
  const all = rooms.length === 0 ? [defaults.GENERAL_ROOM] : writable.map((room) => room.name);
  return {
    username,
    name: bot.name ?? (bot.username === undefined ? defaults.DEFAULT_BOT.name : username),
    rooms: bot.rooms ?? all,
  };
};

const normalizeGitLab = (gitlab: NonNullable<Written['gitlab']>, rooms: readonly RoomConfig[]): GitLabConfig => {
  const full: WrittenGitLab = typeof gitlab === 'string' ? { kind: gitlab } : gitlab;
  const kind = full.kind ?? (full.url === undefined ? 'bundled' : 'external');
  const room = defaultAnnounceRoom(rooms);
  const announce = full.announce ?? (kind === 'bundled' ? [{ project: defaults.DEFAULT_PROJECT }] : []);
  return {
    kind,
    ...(full.url === undefined ? {} : { url: withoutTrailingSlash(full.url) }),
    announce: announce.map((one) => normalizeAnnounce(one, room)),
  };
};

const defaultAnnounceRoom = (rooms: readonly RoomConfig[]): string => {
  const names = rooms.map((room) => room.name);
  return names.includes(defaults.DEFAULT_ANNOUNCE_ROOM)
    ? defaults.DEFAULT_ANNOUNCE_ROOM
    : (names[0] ?? defaults.GENERAL_ROOM);
};

const INSTANCE_EVENTS = ['push', 'merge_requests'] as const;

const normalizeAnnounce = (announce: WrittenAnnounce, room: string): AnnounceConfig => {
  const source = announceSource(announce);
  const events = source.kind === 'instance' ? INSTANCE_EVENTS : defaults.DEFAULT_EVENTS;
  return {
    source,
    room: announce.room ?? room,
    events: announce.events ?? [...events],
    ...(announce.branches === undefined ? {} : { branches: announce.branches }),
    ...(announce.loud === 'failures' ? { loud: announce.loud } : {}),
    ...(announce.intermediate === true ? { intermediate: true } : {}),
    ...(announce.locale === undefined ? {} : { locale: announce.locale }),
  };
};

const normalizeNotifier = ({ people, routes, wording }: NonNullable<Written['notifier']>): NotifierConfig => ({
  people: people ?? {},
  routes: (routes ?? []).map(normalizeRoute),
  wording: wording ?? {},
});

/** Naming none or both is refused by `rules/routes-name-one-place.ts`; until then one of them stands here. */
const normalizeRoute = ({ project, group, room }: WrittenRoute): RouteConfig => ({
  source: project === undefined ? { kind: 'group', path: group ?? '' } : { kind: 'project', path: project },
  room,
});

/** Naming none or several is refused by `rules/announce-names-one-source.ts`; until then one of them stands here. */
const announceSource = (announce: WrittenAnnounce): AnnounceConfig['source'] => {
  if (announce.project !== undefined) return { kind: 'project', path: announce.project };
  if (announce.group !== undefined) return { kind: 'group', path: announce.group };
  return { kind: 'instance' };
};

/** Without a GitLab there is nothing a runner could serve. */
const normalizeRunner = (
  runner: Written['runner'],
  name: string,
  gitlab: GitLabConfig['kind'],
): { readonly runner?: RunnerConfig } => {
  if (runner === false || (gitlab === 'none' && (runner === undefined || runner === true))) return {};
  const full: WrittenRunner = runner === true || runner === undefined ? {} : runner;
  const executor = full.executor ?? 'docker';
  return {
    runner: {
      description: full.description ?? `${name} runner`,
      tags: full.tags ?? [executor],
      executor,
      image: full.image ?? defaults.DEFAULT_JOB_IMAGE,
      runUntagged: full.runUntagged ?? true,
      concurrent: full.concurrent ?? defaults.DEFAULT_CONCURRENT,
      scope: runnerScope(full.scope),
    },
  };
};

/** A scope that names none or both is refused by `rules/runner-scope-names-one.ts`. */
const runnerScope = (scope: WrittenRunner['scope']): RunnerConfig['scope'] => {
  if (scope === undefined || scope === 'instance') return { kind: 'instance' };
  if (scope.project !== undefined) return { kind: 'project', path: scope.project };
  return scope.group === undefined ? { kind: 'instance' } : { kind: 'group', path: scope.group };
};

const normalizeTimeouts = (written: NonNullable<Written['timeouts']>): Config['timeouts'] =>
  Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) => (value === undefined ? [] : [[name, durationMs(value)]])),
  );

/** Images nobody named follow the ones that were: MongoDB suits Rocket.Chat, the runner has GitLab's version. */
const normalizeImages = (
  { allowFloating: _, ...named }: NonNullable<Written['images']>,
  chatVersion: string,
): Config['images'] => {
  const gitlab = named.gitlab === undefined ? undefined : gitlabVersionOf(named.gitlab);
  return {
    ...defaults.defaultImages(chatVersion, gitlab ?? defaults.DEFAULT_GITLAB_VERSION),
    ...dropUndefined<Record<string, string>>(named),
  };
};

const addedImages = ({ images }: Additions): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(images).map(([name, { reference }]) => [name, reference]));

/** Their schemas have put in the defaults. */
const normalizeSections = (written: object, { sections }: Additions): Config['sections'] => {
  const values: Readonly<Record<string, unknown>> = { ...written };
  return Object.fromEntries(
    sections.flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]] as const])),
  );
};

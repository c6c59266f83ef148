import type { Wording } from './wording.ts';

/** The configuration after defaults: complete, checked, plain data. No secret ever stands in it. */
export interface Config {
  /** Stack name; also the Compose project name. */
  readonly name: string;
  /** chat., git., www. and hom. stand before it. Default `chatops.localhost`. */
  readonly domain: string;
  /** Parts that are not ours, as named in the file: packages, and paths that begin with `./`. Default: none. */
  readonly parts: readonly string[];
  readonly ports: PortsConfig;
  /** Absent: plain HTTP. */
  readonly tls?: TlsConfig;
  /** Path of a PEM file, relative to the stack directory: authorities trusted beside the public ones. Default: none. */
  readonly authority?: string;
  readonly admin: AdminConfig;
  readonly chat: ChatConfig;
  readonly gitlab: GitLabConfig;
  readonly notifier: NotifierConfig;
  /** Absent: no runner. */
  readonly runner?: RunnerConfig;
  readonly mongo: MongoConfig;
  /** Service image → pinned reference: our own, and those of other parts. */
  readonly images: Readonly<Record<ImageName, string> & Record<string, string>>;
  /** How long a service may take until it is usable, or a job until it has ended, ms; what is not named keeps its own. */
  readonly timeouts: Readonly<Record<string, number>>;
  readonly docker: DockerConfig;
  /** Key of a section that a part brought along → its value, read by its schema; see `sectionOf`. */
  readonly sections: Readonly<Record<string, unknown>>;
}

export interface DockerConfig {
  /** Whether compose.yaml may use `start_interval`, which Docker Engine 25.0 brought. Default true. */
  readonly startInterval: boolean;
}

/** What has a deadline: services by role (every member of the set is `mongo`), jobs by name. */
export const TIMED_NAMES = [
  'mongo',
  'mongo-replica-set',
  'rocketchat',
  'rocketchat-setup',
  'gitlab',
  'gitlab-setup',
  'runner-registration',
  'gitlab-runner',
  'bot',
  'nginx',
  'prober',
  'conversation',
  'announcement',
] as const;
export type TimedName = (typeof TIMED_NAMES)[number];

export type ImageName = 'mongo' | 'rocketchat' | 'gitlab' | 'gitlab-runner' | 'nginx' | 'tools';

export interface PortsConfig {
  /** Host port of the front door, plain HTTP. Default 8080 (needs no root). */
  readonly http: number;
  /** Host port of the front door with TLS. Only used with `tls`. Default 8443. */
  readonly https: number;
  /** Host port of GitLab's SSH. Default 2222. */
  readonly ssh: number;
}

export interface TlsConfig {
  /** Paths of PEM files, relative to the stack directory. */
  readonly certificate: string;
  readonly key: string;
}

/** The Rocket.Chat administrator. GitLab's is always `root`. */
export interface AdminConfig {
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

export interface ChatConfig {
  readonly kind: 'rocketchat';
  /** What GitLab sends its events to. */
  readonly receiver: 'webhook' | 'relay';
  /** Present: an existing Rocket.Chat at this URL; no MongoDB and no chat container of ours. */
  readonly url?: string;
  /** major.minor of the server, `8.5`. */
  readonly version: string;
  readonly rooms: readonly RoomConfig[];
  readonly users: readonly UserConfig[];
  readonly bot: BotConfig;
  /** Language of the announcements. */
  readonly locale: 'en' | 'fr';
}

export interface RoomConfig {
  readonly name: string;
  readonly kind: 'channel' | 'private';
  /** User names of `chat.users`, the admin, or the bot. The bot is always added for its own rooms. */
  readonly members: readonly string[];
  readonly readOnly: boolean;
}

export interface UserConfig {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

export interface BotConfig {
  readonly username: string;
  readonly name: string;
  /** Rooms the bot is in; the first is where the conversation is proven. Default: every room. */
  readonly rooms: readonly string[];
}

export interface GitLabConfig {
  readonly kind: 'bundled' | 'external' | 'none';
  /** The existing GitLab's public URL, without a trailing slash. Present exactly when `kind` is `external`. */
  readonly url?: string;
  readonly announce: readonly AnnounceConfig[];
}

/** One GitLab hook: what happens in `source` is told in `room`. */
export interface AnnounceConfig {
  readonly source: { readonly kind: 'project' | 'group'; readonly path: string } | { readonly kind: 'instance' };
  readonly room: string;
  readonly events: readonly AnnounceEvent[];
  /** Patterns with `*`. Absent: all. */
  readonly branches?: readonly string[];
  /** Of what can fail only failures and recoveries. Absent: all. */
  readonly loud?: 'failures';
  /** States on the way too. Absent: not. */
  readonly intermediate?: true;
  /** Absent: that of the chat. */
  readonly locale?: 'en' | 'fr';
}

/** How announcements are told. */
export interface NotifierConfig {
  /** User name in GitLab → user name in the chat. */
  readonly people: Readonly<Record<string, string>>;
  /** For deliveries that name no room. */
  readonly routes: readonly RouteConfig[];
  /** Texts in place of ours, in the language of the chat. */
  readonly wording: Wording;
}

export interface RouteConfig {
  readonly source: { readonly kind: 'project' | 'group'; readonly path: string };
  readonly room: string;
}

export const ANNOUNCE_EVENTS = [
  'push',
  'tag_push',
  'issues',
  'confidential_issues',
  'note',
  'merge_requests',
  'pipeline',
  'job',
  'wiki_page',
  'deployment',
  'releases',
  'milestone',
  'feature_flag',
  'emoji',
] as const;
export type AnnounceEvent = (typeof ANNOUNCE_EVENTS)[number];

export interface RunnerConfig {
  readonly description: string;
  readonly tags: readonly string[];
  readonly executor: 'docker' | 'shell';
  /** Image of jobs that name none; docker executor only. */
  readonly image: string;
  readonly runUntagged: boolean;
  /** Jobs at the same time. */
  readonly concurrent: number;
  readonly scope: { readonly kind: 'instance' } | { readonly kind: 'group' | 'project'; readonly path: string };
}

export interface MongoConfig {
  /** `external`: an existing replica set; its address stands in `.env` as CHATOPS_MONGO_URL, as it may hold a password. */
  readonly kind: 'bundled' | 'external';
  readonly set: string;
  /** Voting members, 1 to 7. */
  readonly members: number;
}

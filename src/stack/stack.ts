/**
 * The stack graph: plain readonly data, the desired state that everything else is a projection of.
 * It holds no secret: where one is needed it names the variable that carries it.
 */
import type { AnnounceEvent, Config } from '../config/config.ts';
import type { Wording } from '../config/wording.ts';

/** A port of a service, by the service's name: an address inside the stack's network. */
export interface Endpoint {
  readonly service: string;
  readonly port: number;
}

/** Where an HTTP server is asked: one of ours by name, or an existing one by its URL (no trailing slash). */
export type HttpTarget =
  | { readonly kind: 'service'; readonly endpoint: Endpoint }
  | { readonly kind: 'url'; readonly url: string };

/** The name of a variable of `.env`, e.g. `CHATOPS_BOT_PASSWORD`. */
export type SecretName = string;

export interface Account {
  readonly username: string;
  readonly password: SecretName;
}

export interface Stack {
  readonly name: string;
  readonly config: Config;
  /** In no particular order; see `startOrder` in graph.ts. Names are unique. */
  readonly nodes: readonly StackNode[];
  readonly publicUrls: PublicUrls;
}

/** Virtual host → URL as people type it, with the port where it is not the scheme's own, no trailing slash. */
export type PublicUrls = Readonly<Partial<Record<VirtualHost, string>>>;
export type VirtualHost = 'chat' | 'git' | 'www' | 'hom';

export type StackNode = ServiceNode | JobNode;

interface NodeBase {
  readonly name: string;
  /** All must hold before the node starts. */
  readonly gates: readonly Gate[];
}

/** `node` must be: started (its process runs), ready (its probe says so), or done (the job has verified). */
export interface Gate {
  readonly node: string;
  readonly until: 'started' | 'ready' | 'done';
}

export interface ServiceNode extends NodeBase {
  readonly kind: 'service';
  /** Which program plays it; several mongo members share one role. */
  readonly role: ServiceRole;
  readonly ready: ProbeSpec;
  /** What is asked instead where it runs as a container: its HEALTHCHECK, and its gate there. Default: `ready`. */
  readonly health?: ProbeSpec;
  /** How long `ready` may take from the start, ms. */
  readonly readyWithinMs: number;
  /** Services that its readiness shows through: it starts without them, and can never be ready when one of them fails. */
  readonly readyThrough?: readonly string[];
  readonly container: ContainerSpec;
}

export type ServiceRole = 'mongo' | 'rocketchat' | 'gitlab' | 'gitlab-runner' | 'bot' | 'nginx' | 'prober';

export interface ContainerSpec {
  readonly image: string;
  readonly command?: readonly string[];
  /** Name → value, or the secret it is read from, or a text with `{}` where the secret goes. */
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  /** Ports the process listens on inside. */
  readonly listens: readonly number[];
  /** Container port → host port, for what is reached from outside. */
  readonly publishes: Readonly<Record<number, number>>;
  readonly volumes: readonly VolumeMount[];
  /** Other names under which this service is known on the network (public host names on nginx). */
  readonly aliases: readonly string[];
  readonly shmSizeMb?: number;
}

export type EnvironmentValue = string | { readonly secret: SecretName };

export interface VolumeMount {
  /** A named volume, or a file of the stack directory (`./nginx/nginx.conf`). */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface JobNode extends NodeBase {
  readonly kind: 'job';
  readonly job: JobSpec;
  /** How long the job may take, ms. */
  readonly withinMs: number;
}

// ---------------------------------------------------------------- probes, as data

export type ProbeSpec =
  | { readonly what: 'tcp'; readonly endpoint: Endpoint }
  | { readonly what: 'http'; readonly target: HttpTarget; readonly path: string; readonly status: number }
  /** Answers `hello` as a ghost, or as a member of a set that has a PRIMARY; not as the image's temporary init server. */
  | { readonly what: 'mongo'; readonly endpoint: Endpoint }
  /** The set `set` has a PRIMARY known by one of these names, and it can reach a majority. */
  | { readonly what: 'replica-set'; readonly set: string; readonly members: readonly Endpoint[] }
  | { readonly what: 'rocketchat'; readonly target: HttpTarget }
  | { readonly what: 'rocketchat-login'; readonly target: HttpTarget; readonly account: Account }
  | {
      readonly what: 'rocketchat-room';
      readonly target: HttpTarget;
      readonly account: Account;
      readonly room: string;
      readonly may: 'see' | 'read' | 'post';
    }
  /** Logged in over its own DDP session, member of `rooms`, may post there. */
  | { readonly what: 'bot'; readonly target: HttpTarget; readonly account: Account; readonly rooms: readonly string[] }
  /** Readiness where it may be asked (`inside`), then an authenticated call. */
  | { readonly what: 'gitlab'; readonly target: HttpTarget; readonly token: SecretName; readonly inside: boolean }
  /** Its metrics answer and GitLab has seen its system_id. */
  | {
      readonly what: 'runner';
      readonly metrics: Endpoint;
      readonly gitlab: HttpTarget;
      readonly token: SecretName;
      readonly description: string;
    }
  /** `host` answers through the front door with its own back end's signature. */
  | {
      readonly what: 'nginx-vhost';
      readonly door: Endpoint;
      readonly host: string;
      readonly signature: 'rocketchat' | 'gitlab' | 'www' | 'hom';
      readonly webSocket: boolean;
      /** Default `http`. */
      readonly scheme?: 'http' | 'https';
    }
  /** The incoming webhook called `name` exists, is enabled, its script compiled, and its address answers. */
  | { readonly what: 'webhook'; readonly target: HttpTarget; readonly admin: Account; readonly name: string }
  /** The proof message of an earlier conversation can be read by the bot at the public address. */
  | {
      readonly what: 'conversation';
      readonly publicUrl: string;
      readonly account: Account;
      readonly room: string;
      /** Name of the node that keeps the proof. Default `conversation`. */
      readonly proof?: string;
    }
  /** All of them, in this order; the first that is not ready answers. */
  | { readonly what: 'all-of'; readonly probes: readonly ProbeSpec[] };

export type ProbeKind = ProbeSpec['what'];

// ---------------------------------------------------------------- jobs, as data

export type JobSpec =
  | MongoReplicaSetSpec
  | RocketChatSetupSpec
  | GitLabSetupSpec
  | RunnerRegistrationSpec
  | ConversationSpec
  | AnnouncementSpec;
export type JobKind = JobSpec['job'];

export interface MongoReplicaSetSpec {
  readonly job: 'mongo-replica-set';
  readonly set: string;
  /** By ordinal; the first one initiates. */
  readonly members: readonly Endpoint[];
}

export interface RocketChatSetupSpec {
  readonly job: 'rocketchat-setup';
  /** Ours carry this mark, e.g. `chatops-up:chatops`. */
  readonly mark: string;
  readonly target: HttpTarget;
  readonly admin: Account;
  /** Setting id → wanted value. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly bot: Account & { readonly name: string; readonly email: string; readonly roles: readonly string[] };
  readonly users: readonly (Account & {
    readonly name: string;
    readonly email: string;
    readonly roles: readonly string[];
  })[];
  readonly rooms: readonly {
    readonly name: string;
    readonly kind: 'channel' | 'private';
    readonly readOnly: boolean;
    /** Everybody wanted inside, the bot included where it belongs. */
    readonly members: readonly string[];
  }[];
  /** Absent when nothing is announced. */
  readonly webhook?: WebhookSpec;
}

export interface WebhookSpec {
  /** Unique name of ours, e.g. `chatops-up:chatops gitlab`. */
  readonly name: string;
  /** Room it posts to when the caller names none. */
  readonly room: string;
  readonly locale: 'en' | 'fr';
  /** What GitLab sends as X-Gitlab-Token. */
  readonly secret: SecretName;
  /** Rooms for what callers that name none send; what no route fits goes to `room`. Absent: none. */
  readonly routes?: readonly RouteSpec[];
  /** What rooms want to hear, where it is not everything that arrives. Absent: nothing special. */
  readonly filters?: readonly (RouteSpec & FilterSpec)[];
  /** User name in GitLab → user name in the chat. Absent: nobody is notified. */
  readonly people?: Readonly<Record<string, string>>;
  /** Texts in place of ours, for `locale`. Absent: ours. */
  readonly wording?: Wording;
}

/** What happens in a project, in a group and below it, or (neither) anywhere is told in this room. */
export interface RouteSpec {
  readonly project?: string;
  readonly group?: string;
  readonly room: string;
}

export interface FilterSpec {
  readonly branches?: readonly string[];
  readonly loud?: 'failures';
  readonly intermediate?: true;
  readonly locale?: 'en' | 'fr';
}

/** Where the address of the incoming webhook is read from. */
export interface ChatWebhookRef {
  readonly target: HttpTarget;
  readonly admin: Account;
  readonly name: string;
  readonly secret: SecretName;
}

export interface GitLabSetupSpec {
  readonly job: 'gitlab-setup';
  readonly mark: string;
  readonly target: HttpTarget;
  readonly token: SecretName;
  /** An existing one: instance settings are never touched, projects never made. */
  readonly external: boolean;
  /** `host:port` entries that must stand in outbound_local_requests_whitelist. Empty when external. */
  readonly allowList: readonly string[];
  /** Full paths made when missing (bundled only); groups are made for their folders. */
  readonly projects: readonly string[];
  /** Tags of the CI job in projects we make, so that our runner takes it. Default: none (it takes untagged jobs). */
  readonly jobTags?: readonly string[];
  readonly hooks: readonly {
    readonly source: { readonly kind: 'project' | 'group'; readonly path: string } | { readonly kind: 'instance' };
    readonly room: string;
    readonly events: readonly AnnounceEvent[];
    /** Where it stands in chatops.yaml, for causes: `gitlab.announce[0]`. */
    readonly place: string;
  }[];
  readonly webhook: ChatWebhookRef;
}

export interface RunnerRegistrationSpec {
  readonly job: 'runner-registration';
  readonly mark: string;
  readonly target: HttpTarget;
  readonly token: SecretName;
  readonly runner: {
    readonly description: string;
    readonly tags: readonly string[];
    readonly runUntagged: boolean;
    readonly scope: { readonly kind: 'instance' } | { readonly kind: 'group' | 'project'; readonly path: string };
  };
}

/** The bot has posted a random word through the public address and read it back. */
export interface ConversationSpec {
  readonly job: 'conversation';
  /** Name of its node: two conversations must not take each other's proof. */
  readonly proof: string;
  readonly publicUrl: string;
  readonly account: Account;
  readonly room: string;
}

/** A GitLab pipeline event has become a message in the room. */
export interface AnnouncementSpec {
  readonly job: 'announcement';
  /** Name of its node. */
  readonly proof: string;
  readonly gitlab: HttpTarget;
  readonly token: SecretName;
  /** Bundled: a pipeline is run; external: the hook's own test delivery is asked for. */
  readonly external: boolean;
  readonly project: string;
  readonly room: string;
  /** What the room wants to hear of it, where it is not everything. */
  readonly filter?: Pick<FilterSpec, 'branches' | 'loud'>;
  readonly publicUrl: string;
  readonly account: Account;
  readonly webhook: ChatWebhookRef;
}

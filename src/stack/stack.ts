/**
 * The stack graph: plain readonly data, the desired state that everything else is a projection of.
 * It holds no secret: where one is needed it names the variable that carries it.
 */
import type { ReadSecret } from '../config/secrets.ts';
import type { AnnounceEvent } from '../contracts/sections/forge.ts';

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
  /** Public host names end with it. */
  readonly domain: string;
  /** What everything made by this stack on a server carries, so that it is never taken for what users made. */
  readonly mark: string;
  /** In no particular order; see `startOrder` in graph.ts. Names are unique. */
  readonly nodes: readonly StackNode[];
  /** The virtual hosts that our own front door serves, in the order in which they are written everywhere. */
  readonly hosts: readonly HostSpec[];
  /** Everything that users open, existing servers too. */
  readonly publicUrls: PublicUrls;
  /** The same in the order in which pages show them, with the names they are called by. */
  readonly addresses: readonly AddressSpec[];
  readonly door: FrontDoor;
  /** Address of this machine that published ports are opened on; `0.0.0.0`: every one. */
  readonly bind: string;
  /** Who shares a network with whom, derived from who has to reach whom; see networks.ts. */
  readonly networks: readonly NetworkSpec[];
  readonly offers: Offers;
  /** Who administers its servers, in the order in which a run's summary names them. */
  readonly administrators: readonly AdministratorSpec[];
  /** Every variable of `.env`, in the order in which they stand there. */
  readonly secrets: readonly ReadSecret[];
  /** Image of our own programs: jobs, bot, prober. */
  readonly toolsImage: string;
  /** Name under `images:` in chatops.yaml → reference. */
  readonly images: Readonly<Record<string, string>>;
}

/** Label of a host (`chat`) → URL as users type it, with the port where it is not the scheme's own, no trailing slash. */
export type PublicUrls = Readonly<Record<string, string>>;

/** An account that administers a server of the stack. */
export interface AdministratorSpec extends Account {
  /** What the server is called: `Wiki`. */
  readonly title: string;
}

/** Something that users open in a browser. */
export interface AddressSpec {
  /** Short name, of a host of ours the first part of its name: `chat`. */
  readonly label: string;
  /** What it is called on pages: `Chat`. */
  readonly title: string;
  /** What it is called in the summary of a run. Default: its title in small letters. */
  readonly summary?: string;
  /** As users type it, no trailing slash. */
  readonly url: string;
}

/** A virtual host of the front door. */
export interface HostSpec extends AddressSpec {
  /** Name of a job: until it is done the first visitor would own the server, so the front door waits for it. */
  readonly closedUntil?: string;
  /** Only programs ask it: no page and no summary names it. Default false. */
  readonly forPrograms?: true;
  /** `chat.example.org` */
  readonly name: string;
  readonly content: ProxySpec | { readonly kind: 'pages' };
  /** What the probe of virtual hosts knows its back end by: `/health 200`, `/ 200 x-wiki: pages`, or a name of ours. */
  readonly signature: string;
}

/** Everything that comes to the host is passed on to a service. */
export interface ProxySpec {
  readonly kind: 'proxy';
  readonly upstream: Endpoint;
  /** Largest body, a number with `k`, `m` or `g` (KiB, MiB, GiB); `0` is any size. */
  readonly maxBodySize: string;
  /** Bodies and answers are passed on as they come, nothing is kept in files. */
  readonly streams: boolean;
  /** Pattern of paths that answer 404 outside the stack's network. Absent: none. */
  readonly closedPaths?: string;
  /** Folder of paths that programs post to. Absent: none. */
  readonly posted?: PostedPaths;
  /** Paths to which a form or a program sends a password, `/login`: tried again and again they answer 429. Absent: none. */
  readonly signIns?: readonly string[];
  /** Users cannot do without its WebSocket: it is asked for wherever the host is. */
  readonly webSocket: boolean;
  /** Where that is. Default `/websocket`. */
  readonly webSocketPath?: string;
}

/** Anything but a POST is refused, and secrets in the path stay out of the log. */
export interface PostedPaths {
  /** With a slash at both ends: `/hooks/`. */
  readonly below: string;
  /** A folder in it that is only read, as `below`: `/hooks/info/`. Absent: none. */
  readonly butRead?: string;
  /** Largest body, as `maxBodySize` of the host. */
  readonly maxBodySize: string;
}

/** Where the front door listens, inside and outside alike. */
export interface FrontDoor {
  /** Plain HTTP as published; with TLS it only redirects. */
  readonly http: number;
  /** Present exactly with TLS. */
  readonly https?: number;
  /** Where the virtual hosts answer without TLS: the published port, or with TLS one that is never published. */
  readonly inside: number;
  /** Paths of PEM files, relative to the stack directory or absolute. Absent: plain HTTP. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** A proxy of others stands before it, never with TLS of its own: public addresses are that proxy's. Absent: none does. */
  readonly outer?: OuterProxy;
}

/** What users type where somebody else's proxy stands before the front door, and of whom forwarded headers are believed. */
export interface OuterProxy {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** Addresses and ranges, at least one. */
  readonly proxies: readonly string[];
}

export type NetworkPurpose = 'data' | 'back' | 'front' | 'ci';

export interface NetworkSpec {
  readonly purpose: NetworkPurpose;
  /** Its real name: `chatops_data`. */
  readonly name: string;
  /** Nothing leads out of it, to the internet or to this machine. */
  readonly internal: boolean;
  /** Services and jobs, in the order of the nodes. */
  readonly members: readonly string[];
  /** Containers that are none of the stack's join it, with untrusted code in them. Absent: none do. */
  readonly strangers?: true;
}

export type StackNode = ServiceNode | JobNode;

interface NodeBase {
  readonly name: string;
  /** All must hold before the node starts. */
  readonly gates: readonly Gate[];
  /** False: no proof of the whole stack waits for it. Default true. */
  readonly awaited?: boolean;
}

/** `node` must be: started (its process runs), usable (its probe says so), or done (the job has verified). */
export interface Gate {
  readonly node: string;
  readonly until: 'started' | 'usable' | 'done';
}

/** Three questions about a service, from below: what holds takes those before it for granted. See questions.ts. */
export interface Questions {
  /**
   * Its process works: an orchestrator may kill it when not. So this asks the service alone, and for nothing of another.
   * Default: its first port accepts a connection.
   */
  readonly alive?: ProbeSpec;
  /** It takes traffic: a balancer may pass it by when not. Default: `usable`. */
  readonly ready?: ProbeSpec;
  /** It does what it is for: gates and HEALTHCHECKs wait for this. */
  readonly usable: ProbeSpec;
}

export interface ServiceNode extends NodeBase, Questions {
  readonly kind: 'service';
  /** Which program plays it; several members of a replica set share one role. */
  readonly role: string;
  /** What is asked instead of `usable` where it runs as a container: its HEALTHCHECK, and its gate there. Default: `usable`. */
  readonly health?: ProbeSpec;
  /** What its HEALTHCHECK asks instead, where the container must not have what `health` takes. Default: `health`. */
  readonly healthcheck?: ProbeSpec;
  /** How long it may take from the start until it is usable, ms. */
  readonly readyWithinMs: number;
  /** Services that its readiness shows through: it starts without them, and can never be ready when one of them fails. */
  readonly readyThrough?: readonly string[];
  /** Its address is a name that others remember (a member of a replica set): its port stays. Default false. */
  readonly keepsItsPort?: boolean;
  /** It asks inside the stack's network for those outside: not needed where an engine has no such network. Default false. */
  readonly reachesInside?: boolean;
  /** Checks of its part prove it link by link: on its own it is only seen to run. Default false. */
  readonly provenElsewhere?: boolean;
  /** It keeps the data of others: only who works with it shares a network with it, and nothing leads out. Default false. */
  readonly keepsData?: boolean;
  /**
   * Where untrusted code runs on its behalf (jobs of pipelines): in containers `beside` it that join the network for that, or `inside`
   * its own one, which then reaches nothing else. Absent: nowhere in the stack.
   */
  readonly strangers?: 'beside' | 'inside';
  /** Addresses it must reach besides those that follow from gates and probes. Default: none. */
  readonly calls?: readonly Call[];
  /** Its own settings that the stack keeps, for the plan. Default: none. */
  readonly keeps?: readonly KeptSetting[];
  readonly needs: Needs;
  readonly container: ContainerSpec;
}

/** A setting of a service that is kept as the stack wants it, whatever its administrator changes. */
export interface KeptSetting {
  /** As the service calls it. */
  readonly name: string;
  readonly value: string | number | boolean;
  /** The key of chatops.yaml that decides it, or a reason. */
  readonly because: string;
}

export interface Call {
  readonly to: Endpoint;
  /** `its hooks call the chat` */
  readonly because: string;
}

/** What a machine must have for a service. */
export interface Needs {
  /** In everyday use, GiB. */
  readonly memoryGib: number;
  /** Beside that for some minutes while it starts for the first time or in another version, GiB. Default: nothing. */
  readonly peakGib?: number;
  /** Its image unpacked, GiB, rounded up. */
  readonly imageGib: number;
  /** Images that it has the engine run beside it, by the engine's CPU as Go names it: fetched with the others. Default: none. */
  readonly alsoRuns?: Readonly<Record<string, readonly string[]>>;
  /** A feature of x86-64 CPUs, as Linux calls it, and what to say where it is missing. Absent: any CPU will do. */
  readonly cpu?: { readonly flag: string; readonly why: string; readonly next: string };
  /** How a stack does without it where memory is short, as advice: ``leave the wiki out with `wiki: none` ``. Absent: it cannot. */
  readonly spared?: string;
  /** Linux that its program does not run on as its image starts it. Absent: any will do. */
  readonly kernel?: KernelTrouble;
}

export interface KernelTrouble {
  /** The first version: `6.19.0`. */
  readonly from: string;
  /** The first version that is fixed. Absent: none is. */
  readonly before?: string;
  readonly why: string;
  /** Variables with which it runs all the same. */
  readonly remedy: Readonly<Record<string, string>>;
  /** What the remedy costs, and what makes it unnecessary. */
  readonly next: string;
}

export interface ContainerSpec {
  readonly image: string;
  readonly command?: readonly string[];
  /** Instead where an engine answers names at the first server of /etc/resolv.conf, not at 127.0.0.11. Absent: no difference. */
  readonly commandByResolvConf?: readonly string[];
  /** Name → value, or the secret it is read from, or a text with `{}` where the secret goes. */
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  /** Ports the process listens on inside. */
  readonly listens: readonly number[];
  /** Container port → host port, for what is reached from outside. */
  readonly publishes: Readonly<Record<number, number>>;
  readonly volumes: readonly VolumeMount[];
  /** Other names under which this service is known on its networks (public host names on the front door). */
  readonly aliases: readonly string[];
  readonly shmSizeMb?: number;
  /** It is not made to be process 1: an init collects what its children leave behind. Default false. */
  readonly init?: boolean;
  /** How long it may take to stop before it is killed, s. Default: the engine's (Docker: 10). */
  readonly stopGraceS?: number;
  /** User id that its image runs as and whose its data must be. Absent: it does not matter. */
  readonly runsAs?: string;
  /** What it may besides reading its image, writing its volumes and talking on its networks, as the user nobody. Default: nothing. */
  readonly allows?: readonly Allowance[];
  /** What it may take of the machine. Default: 512 MiB and one CPU. */
  readonly most?: Most;
  /** Processes and threads at a time. Default 256. */
  readonly mostProcesses?: number;
  /** How its HEALTHCHECK is paced, where that is not as for all others. */
  readonly pace?: Pace;
  /** It asks addresses with TLS: authorities of the user's own are handed to it. Default false. */
  readonly trustsAuthority?: boolean;
}

/** Limits, no reservations: together they may be more than the machine has. */
export interface Most {
  readonly memoryMib: number | 'none';
  /** Time on so many CPUs; parts of one count. More than the machine has is no limit. */
  readonly cpus: number | 'none';
}

/** Something that a container has and others have not, and why it cannot do without. */
export type Allowance = { readonly because: string } & (
  | {
      /** `user`: its image's own user instead of nobody. `privileges`: more than who started it. `writes`: beside its volumes. */
      readonly what: 'user' | 'privileges' | 'writes';
    }
  | {
      readonly what: 'capabilities';
      /** As Linux calls them, without `CAP_`; `default`: those that an engine gives by itself. */
      readonly which: readonly string[] | 'default';
    }
);

/** s; absent: as for all others. */
export interface Pace {
  readonly timeoutS?: number;
  readonly retries?: number;
  /** While it starts, on engines that know such a thing. */
  readonly startIntervalS?: number;
}

export type EnvironmentValue =
  | string
  /** `text`: where `{}` in it stands for the secret. Default: the secret alone. */
  | { readonly secret: SecretName; readonly text?: string };

export interface VolumeMount {
  /** A named volume, or a file of the stack directory (`./pages/index.html`). */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface JobNode extends NodeBase {
  readonly kind: 'job';
  readonly job: JobSpec;
  /** Mounted into its container, beside the configuration and what jobs remember. Absent: nothing else. */
  readonly volumes?: readonly VolumeMount[];
  /** What is asked inside the network, at any time, to see that what it made still holds. Absent: nothing. */
  readonly holds?: ProbeSpec;
  /** Of its container, beside its secrets. Absent: nothing. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Service, or job with all that it works on → the job as it is looked at while that is not there yet, although the
   * others are that it asks. Default: then it is planned as for servers that are all new.
   */
  readonly without?: Readonly<Record<string, JobSpec>>;
  /** How long the job may take, ms. */
  readonly withinMs: number;
}

// ---------------------------------------------------------------- probes, as data

/** A question as data. Which fields it has is known to its kind alone; see `contracts/probe-kind.ts`. */
export interface ProbeSpec {
  /** Name of its kind: `tcp`. */
  readonly what: string;
  readonly [field: string]: unknown;
}

// ---------------------------------------------------------------- jobs, as data

/** A task as data. Which fields it has is known to its kind alone. */
export interface JobSpec {
  /** Name of its kind: `replica-set`. */
  readonly job: string;
  readonly [field: string]: unknown;
}

/** What a forge sends its events to. */
export type ReceiverRef = WebhookRef | RelayRef;

/** A service of the stack that posts into the chat. */
export interface RelayRef {
  readonly kind: 'relay';
  /** The relay as the forge reaches it. */
  readonly target: HttpTarget;
  /** Where our own programs ask it. Default: as the forge reaches it. */
  readonly readAt?: HttpTarget;
  /** As it is reached from outside the stack, no trailing slash. */
  readonly publicUrl: string;
  /** The same for our own programs and commands: past a proxy of others before the front door. */
  readonly ownWay: string;
  readonly name: string;
  /** Name of its service: advice names it. */
  readonly madeBy: string;
  /** What the forge sends along. */
  readonly secret: SecretName;
  /** It is not there yet: nobody asks it, and it will take the secret in `.env`. Default false. */
  readonly isNew?: true;
}

/** An incoming webhook of the chat. */
export interface WebhookRef {
  readonly kind?: never;
  /** As `ChatOffer.speaks`. */
  readonly speaks?: string;
  /** The chat as the forge reaches it. */
  readonly target: HttpTarget;
  /** Where our own programs read and change it. Default: as the forge reaches it. */
  readonly readAt?: HttpTarget;
  /** Who may read and change it there. */
  readonly admin: Account;
  readonly name: string;
  /** Name of the job that makes it: advice names it. */
  readonly madeBy: string;
  /** What the forge sends along. */
  readonly secret: SecretName;
  /** It is not there yet, so that nobody asks for its address, which nobody knows. Default false. */
  readonly isNew?: true;
}

/** What a room wants to hear of what is announced there; absent: everything. */
export interface FilterSpec {
  readonly branches?: readonly string[];
  readonly loud?: 'failures';
  readonly intermediate?: true;
  readonly locale?: 'en' | 'fr';
}

/** What a forge may announce in the chat. */
export type HookEvent = AnnounceEvent;

/** A project, a group, or the instance. */
export type HookSource = { readonly kind: 'project' | 'group'; readonly path: string } | { readonly kind: 'instance' };

/** A forge, and the token that acts on it. */
export interface ForgeRef {
  /** What it is called in messages: `Forge`. */
  readonly title: string;
  readonly target: HttpTarget;
  readonly token: SecretName;
}

/** A hook, as far as its token goes. */
export interface HookTo {
  readonly source: HookSource;
  /** Without `#`. */
  readonly room: string;
}

/** One hook: what happens in `source` is announced in `room`. */
export interface HookSpec extends HookTo {
  readonly events: readonly HookEvent[];
  /** Where it stands in chatops.yaml, for causes. */
  readonly place: string;
}

// ---------------------------------------------------------------- what parts offer to each other, to proofs and checks

/** In neutral words: who fills these roles is known to their parts alone. */
export interface Offers {
  /** A database of ours. */
  readonly database?: DatabaseOffer;
  /** A database of ours that speaks SQL. */
  readonly sql?: SqlOffer;
  readonly chat?: ChatOffer;
  readonly forge?: ForgeOffer;
  readonly runner?: RunnerOffer;
  /** What the forge sends its events to. */
  readonly receiver?: ReceiverRef;
  /** What may take the forge's events in place of the chat, whether this stack has it or not. */
  readonly relay?: RelayOffer;
}

/** A replica set, and the account that works in it. */
export interface DatabaseOffer {
  /** Name of the set. */
  readonly set: string;
  /** In the order of their ordinals; at least one. */
  readonly members: readonly Endpoint[];
  readonly account: Account;
  /** What the account may write to. */
  readonly database: string;
  /** Name of the job that makes the set and the account. */
  readonly madeBy: string;
}

/** A database, and the account that owns it. */
export interface SqlOffer {
  /** Of its address, as drivers write it. */
  readonly scheme: string;
  /** As services reach it; a service that waits for it names its service in a gate. */
  readonly endpoint: Endpoint;
  readonly account: Account;
  readonly database: string;
}

export interface RelayOffer {
  /** What the address of every hook of it begins with, for the forge; the room follows, encoded for a query. */
  readonly hookPrefix: string;
}

export interface ChatOffer {
  /** Which server it is, where that decides how it is spoken to. Absent: the one that a stack has by default. */
  readonly speaks?: string;
  /** As services reach it. */
  readonly target: HttpTarget;
  /** As users reach it. */
  readonly publicUrl: string;
  /** The same for our own programs and commands: past a proxy of others before the front door. */
  readonly ownWay: string;
  /** Users can talk there, asked on the stack's own way. */
  readonly usable: ProbeSpec;
  readonly admin: Account;
  /** Who talks for the stack. */
  readonly bot: Account;
  /** Rooms that the bot is in. */
  readonly rooms: readonly string[];
  /** Where a conversation is proven. */
  readonly proofRoom: string;
  /** Name of the job that makes its rooms and accounts. */
  readonly setUpBy: string;
  /** Its own way to take events of a forge, whether this stack uses it or not. Absent: it has none, a relay does. */
  readonly webhook?: WebhookRef;
}

export interface ForgeOffer {
  readonly ref: ForgeRef;
  /** Variable of a token that may only read, for who only asks; where there is none, that of `ref`. */
  readonly readToken: SecretName;
  /** As users reach it. */
  readonly publicUrl: string;
  /** The same for our own programs and commands: past a proxy of others before the front door. */
  readonly ownWay: string;
  /** Behind our own front door, for those that must not reach it past it. Absent: an existing one. */
  readonly door?: Endpoint;
  /** An existing one: nothing of its own is changed for a proof. */
  readonly external: boolean;
  /** Name of the job that makes its hooks. */
  readonly hooksBy: string;
  /** Empty: nothing is announced. */
  readonly announces: readonly (HookSpec & { readonly filter?: Pick<FilterSpec, 'branches' | 'loud'> })[];
}

export interface RunnerOffer {
  readonly description: string;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly scope: HookSource;
}

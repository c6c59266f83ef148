/**
 * A GitLab, in the words of the jobs and probes that ask it. Each method says whether it reads or writes.
 *
 * All of them throw ChatopsError: TOKEN_INVALID (unknown, expired or revoked), PERMISSION_MISSING (names the scope or
 * role), RATE_LIMITED (after waiting as long as the server asked, a few times), UNREACHABLE, UNEXPECTED_ANSWER.
 * Lists are always complete, whatever the page size. Ids of projects and groups may be numbers or full paths.
 */
import type { GitLabSetupSpec } from '../../stack/stack.ts';
import type { Secret } from '../../values/secret.ts';

export interface GitLabPort {
  /** A client of one GitLab acting with one token. Asks nothing yet. */
  connect(access: GitLabAccess): GitLabClient;
}

export interface GitLabAccess {
  /** As `baseUrl()` gives it; no trailing slash. */
  readonly url: string;
  /** Absent: only `readiness` and `verifyRunner` can be asked. */
  readonly token?: Secret;
  /** False: a refusal by a rate limit or a gateway is thrown at once (probes wait outside). Default true. */
  readonly patient?: boolean;
}

export interface GitLabClient {
  /** Read. What `/-/readiness?all=1` says to this address; needs no token and never throws for what was foreseen. */
  readiness(signal: AbortSignal): Promise<Readiness>;
  /** Read. */
  version(signal: AbortSignal): Promise<GitLabVersion>;
  /** Read. The token this client acts with. */
  ownToken(signal: AbortSignal): Promise<OwnToken>;
  /** Read. */
  currentUser(signal: AbortSignal): Promise<GitLabUser>;

  /** Read; administrators. `host:port` entries of outbound_local_requests_whitelist. */
  outboundAllowList(signal: AbortSignal): Promise<readonly string[]>;
  /** Write; administrators. Replaces the whole list. */
  setOutboundAllowList(entries: readonly string[], signal: AbortSignal): Promise<void>;

  /** Read. Undefined when missing or invisible to the token. */
  findGroup(path: string, signal: AbortSignal): Promise<GitLabGroup | undefined>;
  /** Read. Undefined when missing or invisible to the token. Found also where a proxy spoils `%2F` in paths. */
  findProject(path: string, signal: AbortSignal): Promise<GitLabProject | undefined>;
  /** Read. Every project the token sees. */
  listProjects(signal: AbortSignal): Promise<readonly GitLabProject[]>;
  /** Read. Projects whose name or path holds `text` (3 characters or more), whoever's they are. */
  searchProjects(text: string, signal: AbortSignal): Promise<readonly GitLabProject[]>;
  /** Write. The parent folder must exist. */
  createGroup(path: string, description: string, signal: AbortSignal): Promise<GitLabGroup>;
  /** Write. The group must exist. Made empty, without a README. */
  createProject(path: string, description: string, signal: AbortSignal): Promise<GitLabProject>;
  /** Write. One commit that adds one file. */
  addFile(project: ObjectId, file: NewFile, signal: AbortSignal): Promise<void>;

  /** Read. `unsupported`: this GitLab has no hooks there (groups need a paid edition). */
  listHooks(place: HookPlace, signal: AbortSignal): Promise<readonly GitLabHook[] | 'unsupported'>;
  /** Write. @throws ChatopsError OUTBOUND_BLOCKED when GitLab will not call that address */
  createHook(place: HookPlace, hook: HookWanted, signal: AbortSignal): Promise<GitLabHook>;
  /** Write. Everything is sent, the secret included. @throws ChatopsError OUTBOUND_BLOCKED */
  updateHook(place: HookPlace, id: number, hook: HookWanted, signal: AbortSignal): Promise<GitLabHook>;
  /** Write. Already gone is fine. */
  deleteHook(place: HookPlace, id: number, signal: AbortSignal): Promise<void>;
  /** Write: really delivers. Tells what the receiver made of it instead of throwing. */
  testHook(place: HookPlace, id: number, event: HookEvent, signal: AbortSignal): Promise<TestDelivery>;

  /** Read. No tokens. `visible`: whatever the token may see, of every scope. */
  listRunners(
    scope: RunnerScope | { readonly kind: 'visible' },
    signal: AbortSignal,
  ): Promise<readonly RunnerSummary[]>;
  /** Read. Undefined when there is none with this id. */
  showRunner(id: number, signal: AbortSignal): Promise<GitLabRunner | undefined>;
  /** Read. The processes that use the runner's token; none where there is no such runner. */
  listRunnerManagers(id: number, signal: AbortSignal): Promise<readonly RunnerManager[]>;
  /** Write. The token is shown this once only. */
  createRunner(scope: RunnerScope, runner: RunnerWanted, signal: AbortSignal): Promise<RunnerCredentials>;
  /** Write. */
  editRunner(id: number, runner: RunnerWanted, signal: AbortSignal): Promise<void>;
  /** Write. The old token dies. */
  resetRunnerToken(id: number, signal: AbortSignal): Promise<Secret>;
  /**
   * Asks whether a runner token lives; counts as a contact of that runner (status `online`), so it proves nothing about
   * its process. Only a 403 is `dead`: anything else that is not a yes throws.
   * @param systemId the process in whose name it is asked; without one GitLab notes the contact of a `<legacy>` one
   */
  verifyRunner(token: Secret, signal: AbortSignal, systemId?: string): Promise<RunnerVerdict>;

  /** Write. On the default branch. Undefined when the project has nothing to run. */
  createPipeline(project: ObjectId, ref: string, signal: AbortSignal): Promise<Pipeline | undefined>;
  /** Read. */
  showPipeline(project: ObjectId, id: number, signal: AbortSignal): Promise<Pipeline>;
  /** Read. Newest first. */
  listPipelines(project: ObjectId, signal: AbortSignal): Promise<readonly Pipeline[]>;
  /** Read. */
  listPipelineJobs(project: ObjectId, pipeline: number, signal: AbortSignal): Promise<readonly PipelineJob[]>;
  /** Read. What was sent through a hook, newest first; undefined where GitLab keeps no such log (below 17.3). */
  listDeliveries(place: HookPlace, id: number, signal: AbortSignal): Promise<readonly HookDelivery[] | undefined>;
  /** Write. A runner made for one project may also work for this one. Twice is fine. */
  lendRunner(project: ObjectId, runner: number, signal: AbortSignal): Promise<void>;
  /** Write. For good, also where GitLab would keep it for some days. Already gone is fine. */
  deleteProject(id: number, signal: AbortSignal): Promise<void>;
}

export type ObjectId = number | string;
export type HookEvent = GitLabSetupSpec['hooks'][number]['events'][number];

export type Readiness =
  | { readonly kind: 'ready' }
  /** One line, e.g. `502 nginx returned 502 when communicating with gitlab-workhorse`. */
  | { readonly kind: 'not-ready'; readonly reason: string }
  /** Our address is not in monitoring_whitelist: waiting does not help. */
  | { readonly kind: 'not-allowed' };

export interface GitLabVersion {
  /** As the server says it, e.g. `19.3.0-pre`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly enterprise: boolean;
}

export interface OwnToken {
  readonly name: string;
  readonly active: boolean;
  readonly scopes: readonly string[];
}

export interface GitLabUser {
  readonly username: string;
  readonly isAdmin: boolean;
}

export interface GitLabGroup {
  readonly id: number;
  readonly path: string;
}

export interface GitLabProject {
  readonly id: number;
  /** Full, e.g. `ops/app`. */
  readonly path: string;
  readonly description: string;
  /** Undefined when nothing was ever pushed. */
  readonly defaultBranch: string | undefined;
}

export interface NewFile {
  readonly path: string;
  readonly branch: string;
  readonly content: string;
  readonly message: string;
}

export type HookPlace =
  | { readonly kind: 'project' | 'group'; readonly id: ObjectId }
  /** System hooks; administrators. */
  | { readonly kind: 'instance' };

export interface GitLabHook {
  readonly id: number;
  /** Holds the receiver's token. */
  readonly url: Secret;
  /** Undefined where this GitLab has no such field (below 17.1), '' when empty. */
  readonly name: string | undefined;
  /** As `name`. */
  readonly description: string | undefined;
  /** Event → on or off; events this GitLab does not know are absent. */
  readonly events: Readonly<Partial<Record<HookEvent, boolean>>>;
  /** Switched on although it is no event we know, as GitLab calls it: `repository_update_events`. */
  readonly otherEvents: readonly string[];
  /** False when failing deliveries made GitLab switch it off, for a while or for good. */
  readonly executable: boolean;
  /** Whether a secret is stored; undefined where GitLab does not tell (below 19.0). */
  readonly tokenPresent: boolean | undefined;
}

export interface HookWanted {
  readonly name: string;
  readonly description: string;
  readonly url: Secret;
  readonly secret: Secret;
  /** All others are switched off. */
  readonly events: readonly HookEvent[];
}

export type TestDelivery =
  | { readonly kind: 'delivered' }
  /** GitLab has nothing of this kind to send (no commit, no pipeline). */
  | { readonly kind: 'no-data'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export type RunnerScope = { readonly kind: 'instance' } | { readonly kind: 'group' | 'project'; readonly id: number };

export interface RunnerSummary {
  readonly id: number;
  readonly description: string;
  readonly type: 'instance' | 'group' | 'project';
}

export interface GitLabRunner extends RunnerSummary {
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly maintenanceNote: string;
  /** A person told it to take no more jobs. Default false. */
  readonly paused?: boolean;
}

export interface RunnerWanted {
  readonly description: string;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly maintenanceNote: string;
}

export interface RunnerCredentials {
  readonly id: number;
  readonly token: Secret;
}

export type RunnerVerdict = { readonly kind: 'alive'; readonly id: number } | { readonly kind: 'dead' };

export interface RunnerManager {
  readonly systemId: string;
  readonly version: string;
  /** ISO 8601; undefined before the first contact. */
  readonly contactedAt: string | undefined;
}

export interface Pipeline {
  readonly id: number;
  /** `created`, `pending`, `running`, `success`, `failed`, … */
  readonly status: string;
}

export interface PipelineJob {
  readonly id: number;
  readonly name: string;
  /** `created`, `pending`, `running`, `success`, `failed`, … */
  readonly status: string;
  /** Why it failed, as GitLab says it: `script_failure`. */
  readonly failureReason: string | undefined;
  /** Description of the runner that took it; undefined before. */
  readonly runner: string | undefined;
}

/** One POST to a hook's receiver. */
export interface HookDelivery {
  /** `object_kind` of what was sent: `push`, `pipeline`. */
  readonly kind: string;
  /** Status of the pipeline it told of; undefined for other kinds. */
  readonly status: string | undefined;
  /** Id of what it told of (a pipeline's); undefined for kinds without one. */
  readonly objectId: number | undefined;
  /** `200`, or GitLab's words when there was no answer. */
  readonly responseStatus: string;
  readonly responseBody: string;
}

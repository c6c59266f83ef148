/**
 * A forge: where code lives, and what notifies the chat of it. In the words of the proofs, checks and jobs that ask one.
 * Each method says whether it reads or writes.
 *
 * All of them throw ChatopsError: TOKEN_INVALID (unknown, expired or revoked), PERMISSION_MISSING (names the scope or
 * role), RATE_LIMITED (after waiting as long as the server asked, a few times), UNREACHABLE, UNEXPECTED_ANSWER.
 * Lists are always complete, whatever the page size. Ids of projects and groups may be numbers or full paths.
 */
import type { ForgeRef, HookEvent } from '../stack/stack.ts';
import type { Secret } from '../values/secret.ts';
import type { ForgeRunners } from './forge-runners.ts';
import type { ObjectId } from './object-id.ts';

export type { HookEvent } from '../stack/stack.ts';

/** The forge that the graph names, acted on with the token it names. Asks nothing yet. @throws ChatopsError SECRET_MISSING */
export type ForgeOf = (ref: Omit<ForgeRef, 'title'>, options?: ForgeOptions) => Forge;

export interface ForgeOptions {
  /** False: a refusal by a rate limit or a gateway is thrown at once (probes wait outside). Default true. */
  readonly patient?: boolean;
}

export interface Forge extends ForgeRunners {
  /** Read. Says what the token lacks before anything else is asked. @throws ChatopsError TOKEN_INVALID, PERMISSION_MISSING */
  requireRights(needed: RightsNeeded, signal: AbortSignal): Promise<void>;

  /** Read. Undefined when missing or invisible to the token. Found also where a proxy spoils `%2F` in paths. */
  findProject(path: string, signal: AbortSignal): Promise<ForgeProject | undefined>;
  /** Read. Projects whose name or path holds `text` (3 characters or more), those of others among them. */
  searchProjects(text: string, signal: AbortSignal): Promise<readonly ForgeProject[]>;
  /** Read. Undefined when missing or invisible to the token. */
  findGroup(path: string, signal: AbortSignal): Promise<ForgeGroup | undefined>;
  /** Write. The group must exist. Made empty, without a README. */
  createProject(path: string, description: string, signal: AbortSignal): Promise<ForgeProject>;
  /** Write. One commit that adds one file. */
  addFile(project: ObjectId, file: NewFile, signal: AbortSignal): Promise<void>;
  /** Write. As `addFile`, with the file by which every commit from this one on runs a pipeline of one job. */
  addPipelineFile(project: ObjectId, file: NewPipelineFile, signal: AbortSignal): Promise<void>;
  /** Write. For good, also where the forge would keep it for some days. Already gone is fine. */
  deleteProject(id: number, signal: AbortSignal): Promise<void>;

  /** Read. `unsupported`: this edition has no hooks there (those of groups may be paid for). */
  listHooks(place: HookPlace, signal: AbortSignal): Promise<readonly ForgeHook[] | 'unsupported'>;
  /** Write. @throws ChatopsError OUTBOUND_BLOCKED when the forge will not call that address */
  createHook(place: HookPlace, hook: HookWanted, signal: AbortSignal): Promise<ForgeHook>;
  /** Write: really delivers. Reports what the receiver made of it instead of throwing. */
  testHook(place: HookPlace, id: number, event: HookEvent, signal: AbortSignal): Promise<TestDelivery>;
  /** Read. What was sent through a hook, newest first; undefined where no such log is kept. */
  listDeliveries(place: HookPlace, id: number, signal: AbortSignal): Promise<readonly HookDelivery[] | undefined>;
  /** Read; administrators. `host:port` entries it may call although they are in a private network. */
  outboundAllowList(signal: AbortSignal): Promise<readonly string[]>;

  /** Write. On the default branch. Undefined when the project has nothing to run. */
  createPipeline(project: ObjectId, ref: string, signal: AbortSignal): Promise<Pipeline | undefined>;
  /** Read. */
  showPipeline(project: ObjectId, id: number, signal: AbortSignal): Promise<Pipeline>;
  /** Read. Newest first. */
  listPipelines(project: ObjectId, signal: AbortSignal): Promise<readonly Pipeline[]>;
  /** Read. */
  listPipelineJobs(project: ObjectId, pipeline: number, signal: AbortSignal): Promise<readonly PipelineJob[]>;
}

export interface RightsNeeded {
  /** Any one of these sets of scopes will do; the first is the one to ask for. */
  readonly scopes: readonly (readonly string[])[];
  /** Why an administrator is needed; undefined when none is. */
  readonly administrator: string | undefined;
  /** Variable of `.env` the token stands in. */
  readonly variable: string;
}

export interface ForgeGroup {
  readonly id: number;
  readonly path: string;
}

export interface ForgeProject {
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

/** In the forge's own language, at the path where it looks for it. */
export interface NewPipelineFile extends Pick<NewFile, 'branch' | 'message'> {
  /** Stands in its first line. */
  readonly comment: string;
  /** Name of its job. */
  readonly job: string;
  /** Of the runners that may take it; empty: any. */
  readonly tags: readonly string[];
  /** A command of the shell. */
  readonly command: string;
}

export type HookPlace =
  | { readonly kind: 'project' | 'group'; readonly id: ObjectId }
  /** Administrators. */
  | { readonly kind: 'instance' };

export interface ForgeHook {
  readonly id: number;
  /** Holds the receiver's token. */
  readonly url: Secret;
  /** Undefined where hooks have no such field, '' when empty. */
  readonly name: string | undefined;
  /** As `name`. */
  readonly description: string | undefined;
  /** Event → on or off; events that this version does not know are absent. */
  readonly events: Readonly<Partial<Record<HookEvent, boolean>>>;
  /** Switched on although it is no event we know, as the forge calls it: `repository_update_events`. */
  readonly otherEvents: readonly string[];
  /** Failing deliveries made the forge switch it off; undefined while it sends. */
  readonly off: SwitchedOff | undefined;
  /** Whether a secret is stored; undefined where that is not shown. */
  readonly tokenPresent: boolean | undefined;
  /** Since it was made, ms, both times by the forge's own clock; undefined where it does not say. */
  readonly ageMs: number | undefined;
}

export interface SwitchedOff {
  /** It sends no more until somebody switches it on. */
  readonly forGood: boolean;
  /** From when on it tries again by itself, ISO 8601, by the forge's clock; undefined where it does not say. */
  readonly until: string | undefined;
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
  /** There is nothing of this kind to send (no commit, no pipeline). */
  | { readonly kind: 'no-data'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** One POST to a hook's receiver. */
export interface HookDelivery {
  readonly id: number;
  /** The same for all that was sent of one event to one hook, however often; undefined where that is not shown. */
  readonly key: string | undefined;
  /** Kind of what was sent: `push`, `pipeline`. */
  readonly kind: string;
  /** Status of the pipeline it was about; undefined for other kinds. */
  readonly status: string | undefined;
  /** Id of what it was about (a pipeline's); undefined for kinds without one. */
  readonly objectId: number | undefined;
  /** `200`, or the forge's words when there was no answer. */
  readonly responseStatus: string;
  readonly responseBody: string;
  /** When it was answered, ISO 8601, by the clock of what answered; undefined where that did not say, or did not answer. */
  readonly answeredAt: string | undefined;
}

/** Its receiver answered it, whatever it made of it. */
export const wasAnswered = ({ responseStatus }: HookDelivery): boolean => /^\d{3}$/.test(responseStatus);

/** After these nothing changes by itself. */
export const ENDED_STATUSES: readonly string[] = ['success', 'failed', 'canceled', 'skipped'];

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
  /** Why it failed, as the forge says it: `script_failure`. */
  readonly failureReason: string | undefined;
  /** Description of the runner that took it; undefined before. */
  readonly runner: string | undefined;
}

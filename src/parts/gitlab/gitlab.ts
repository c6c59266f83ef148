/**
 * A GitLab: the forge, and what only its own setup and probe ask. Errors and lists are those of `Forge`. Of hooks it
 * has no log of deliveries below 17.3, no name and description below 17.1, and does not show below 19.0 whether a secret
 * is stored. Hooks of groups need a paid edition; those of the instance are system hooks.
 */
import type {
  Forge,
  ForgeGroup,
  ForgeHook,
  ForgeProject,
  HookPlace,
  HookWanted,
  NewFile,
} from '../../contracts/forge.ts';
import type { ObjectId } from '../../contracts/object-id.ts';
import { clientKey } from '../../contracts/ports.ts';
import type { Secret } from '../../values/secret.ts';

export interface GitLabPort {
  /** A client of one GitLab acting with one token. Asks nothing yet. */
  connect(access: GitLabAccess): GitLabClient;
}

/** Under which it is asked for. */
export const GITLAB = clientKey<GitLabPort>('gitlab');

export interface GitLabAccess {
  /** As `baseUrl()` gives it; no trailing slash. */
  readonly url: string;
  /** Absent: only `ownWord` and `verifyRunner` can be asked. */
  readonly token?: Secret;
  /** False: a refusal by a rate limit or a gateway is thrown at once (probes wait outside). Default true. */
  readonly patient?: boolean;
}

export interface GitLabClient extends Forge {
  /** Read. What it says of itself to this address; needs no token and never throws for what was foreseen. */
  ownWord(about: OwnWord, signal: AbortSignal): Promise<Readiness>;
  /** Read. */
  version(signal: AbortSignal): Promise<GitLabVersion>;
  /** Read. The token this client acts with. */
  ownToken(signal: AbortSignal): Promise<OwnToken>;
  /** Read. */
  currentUser(signal: AbortSignal): Promise<GitLabUser>;
  /** Write; administrators. Replaces the whole list. */
  setOutboundAllowList(entries: readonly string[], signal: AbortSignal): Promise<void>;
  /** Read. Every project the token sees. */
  listProjects(signal: AbortSignal): Promise<readonly ForgeProject[]>;
  /** Write. The parent folder must exist. */
  createGroup(path: string, description: string, signal: AbortSignal): Promise<ForgeGroup>;
  /** Read. Text of a file at the tip of a branch; undefined where there is none. */
  readFile(project: ObjectId, path: string, branch: string, signal: AbortSignal): Promise<string | undefined>;
  /** Write. One commit that changes one file which is there. */
  changeFile(project: ObjectId, file: NewFile, signal: AbortSignal): Promise<void>;
  /** Write. Everything is sent, the secret included. @throws ChatopsError OUTBOUND_BLOCKED */
  updateHook(place: HookPlace, id: number, hook: HookWanted, signal: AbortSignal): Promise<ForgeHook>;
  /** Write: sends the same once more, to the hook as it is now. Reports what became of it instead of throwing. */
  sendAgain(place: HookPlace, hook: number, delivery: number, signal: AbortSignal): Promise<SentAgain>;
  /** Write. Already gone is fine. */
  deleteHook(place: HookPlace, id: number, signal: AbortSignal): Promise<void>;
}

export type SentAgain =
  | { readonly kind: 'delivered' }
  /** Not below 17.4. */
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Whether its workers are stuck; whether this instance takes requests; the same, with all that it works with. */
export type OwnWord = 'liveness' | 'readiness' | 'whole-readiness';

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

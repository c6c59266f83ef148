/** The runners of a forge: they take its jobs. As for `Forge`, all methods throw ChatopsError and lists are complete. */
import type { Secret } from '../values/secret.ts';
import type { ObjectId } from './object-id.ts';

export interface ForgeRunners {
  /** Read. No tokens. `visible`: whatever the token may see, of every scope. */
  listRunners(
    scope: RunnerScope | { readonly kind: 'visible' },
    signal: AbortSignal,
  ): Promise<readonly RunnerSummary[]>;
  /** Read. Undefined when there is none with this id. */
  showRunner(id: number, signal: AbortSignal): Promise<ForgeRunner | undefined>;
  /** Read. The processes that use the runner's token; none where there is no such runner. */
  listRunnerManagers(id: number, signal: AbortSignal): Promise<readonly RunnerManager[]>;
  /** Write. The token is shown this once only. */
  createRunner(scope: RunnerScope, runner: RunnerWanted, signal: AbortSignal): Promise<RunnerCredentials>;
  /** Write. */
  editRunner(id: number, runner: RunnerWanted, signal: AbortSignal): Promise<void>;
  /** Write. Its token is valid no more. Already gone is fine. */
  deleteRunner(id: number, signal: AbortSignal): Promise<void>;
  /** Write. The old token is valid no more. */
  resetRunnerToken(id: number, signal: AbortSignal): Promise<RunnerToken>;
  /**
   * Asks whether a runner token is valid; counts as a contact of that runner (status `online`), so it proves nothing about
   * its process. `dead` only where the forge says so: anything else that is not a yes throws.
   * @param systemId the process in whose name it is asked: one that the forge has seen; without one no process of the
   * runner is shown for the question afterwards
   */
  verifyRunner(token: Secret, signal: AbortSignal, systemId?: string): Promise<RunnerVerdict>;
  /** Write. A runner made for one project may also work for this one. Twice is fine. */
  lendRunner(project: ObjectId, runner: number, signal: AbortSignal): Promise<void>;
}

export type RunnerScope = { readonly kind: 'instance' } | { readonly kind: 'group' | 'project'; readonly id: number };

export interface RunnerSummary {
  readonly id: number;
  readonly description: string;
  readonly type: 'instance' | 'group' | 'project';
}

export interface ForgeRunner extends RunnerSummary {
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly maintenanceNote: string;
  /** Somebody paused it, and it takes no more jobs: how a user resumes it, as advice. Absent: it is not paused. */
  readonly paused?: string;
}

export interface RunnerWanted {
  readonly description: string;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly maintenanceNote: string;
}

export interface RunnerToken {
  readonly token: Secret;
  /** ISO 8601; undefined for one that never expires. */
  readonly expiresAt: string | undefined;
}

export interface RunnerCredentials extends RunnerToken {
  readonly id: number;
}

export type RunnerVerdict =
  /** `expiresAt` as of a `RunnerToken`. */
  | { readonly kind: 'alive'; readonly id: number; readonly expiresAt: string | undefined }
  /** Unknown to the forge: reset, expired, or of a runner that was deleted. */
  | { readonly kind: 'dead' };

export interface RunnerManager {
  readonly systemId: string;
  readonly version: string;
  /** ISO 8601; undefined before the first contact. */
  readonly contactedAt: string | undefined;
}

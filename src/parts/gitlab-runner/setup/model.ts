import type { ForgeRunner, RunnerWanted } from '../../../contracts/forge-runners.ts';
import type { Change } from '../../../contracts/job.ts';
import type { RunnerRegistrationSpec } from './spec.ts';

export interface RunnerSeen {
  readonly file: FileSeen;
  /** The runner whose token stands in the file, when GitLab knows that token. */
  readonly registered: ForgeRunner | undefined;
  /** Runners of the wanted description, newest first; read only when the registered one does not bear it. */
  readonly alike: readonly ForgeRunner[];
  /** ISO 8601: when a process that is not of this stack last used the newest of ours among them; undefined: none has lately. */
  readonly usedElsewhere?: string;
  /** False when the group or project it is for is not there (yet). */
  readonly scopeExists: boolean;
}

export interface FileSeen {
  readonly state: 'missing' | 'no-token' | 'dead-token' | 'valid-token';
  /** Whether all but the registration is as rendered. */
  readonly asRendered: boolean;
  /** ISO 8601: when GitLab ends its token, where the file does not say so. Undefined: never, or it does. */
  readonly unsaidExpiry?: string;
  /** That its token is about to expire, unrenewed. */
  readonly overdue?: string;
  /** Name of our block in it, the one before a change of the description. Undefined: it has none. */
  readonly own?: string;
}

export type RunnerChange = Change &
  (
    | { readonly what: 'create'; readonly runner: RunnerWanted; readonly own: string | undefined }
    | { readonly what: 'reset'; readonly id: number; readonly own: string | undefined }
    | { readonly what: 'edit'; readonly id: number; readonly runner: RunnerWanted }
    | { readonly what: 'delete'; readonly id: number }
    | { readonly what: 'rewrite'; readonly own: string | undefined }
  );

const MADE_BY_A_STACK = /^Made by .+\. Change it in chatops\.yaml\.$/m;

/** Ours, or another stack's: never one that a user registered. */
export const isOfAStack = (runner: ForgeRunner): boolean => MADE_BY_A_STACK.test(runner.maintenanceNote);

/** In the maintenance note, which lists do not show: distinguishes ours from one that a user gave the same description. */
export const noteOf = (mark: string): string => `Made by ${mark}. Change it in chatops.yaml.`;

export const isOurs = (runner: ForgeRunner, mark: string): boolean =>
  runner.maintenanceNote.includes(`Made by ${mark}.`);

export const wantedRunner = ({ runner, mark }: RunnerRegistrationSpec): RunnerWanted => ({
  description: runner.description,
  tags: runner.tags,
  runUntagged: runner.runUntagged,
  maintenanceNote: noteOf(mark),
});

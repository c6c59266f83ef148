import type { GitLabSetupSpec } from '../../stack/stack.ts';

/** A project, a group, or the instance. */
export type HookSource = GitLabSetupSpec['hooks'][number]['source'];

/** Remembers where hooks of ours were made: GitLab cannot be asked for them once chatops.yaml names the place no more. */
export interface HookPlaces {
  /** None where nothing was remembered, or where it cannot be read any more. */
  read(): Promise<readonly HookSource[]>;
  add(source: HookSource): Promise<void>;
}

/** Where it stands in the stack directory. */
export const HOOK_PLACES_FILE = '.chatops/hook-places.json';

import type { HookSource } from '../stack/stack.ts';

export type { HookSource } from '../stack/stack.ts';

/** Remembers where hooks of ours were made: a forge cannot be asked for them once chatops.yaml names the place no more. */
export interface HookPlaces {
  /** None where nothing was remembered, or where it cannot be read any more. */
  read(): Promise<readonly HookSource[]>;
  add(source: HookSource): Promise<void>;
}

/** Where it stands in the stack directory. */
export const HOOK_PLACES_FILE = '.chatops/hook-places.json';

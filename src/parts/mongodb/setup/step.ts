import type { Change } from '../../../contracts/job.ts';
import type { ReplicaSetConfig } from '../mongo.ts';

/** A change of the set, with the one call that makes it. */
export interface ReplicaSetChange extends Change {
  readonly step: Step;
}

/** `at`: host:port of the node that is asked. */
export type Step =
  | { readonly call: 'initiate'; readonly at: string; readonly config: ReplicaSetConfig }
  | { readonly call: 'reconfigure'; readonly at: string; readonly config: ReplicaSetConfig }
  | { readonly call: 'step-down'; readonly at: string }
  | UserStep;

/** Its password and its roles are those of the specification: a step is shown and logged, and holds no secret. */
export interface UserStep {
  readonly call: 'create-user' | 'update-user';
  readonly at: string;
  readonly user: string;
}

import type { Endpoint } from '../../../stack/stack.ts';

export type MongoReplicaSetSpec = {
  readonly job: 'mongo-replica-set';
  readonly set: string;
  /** By ordinal; the first one initiates. */
  readonly members: readonly Endpoint[];
};

import type { Endpoint, SecretName } from '../../../stack/stack.ts';
import type { DatabaseRole } from '../mongo.ts';

export type MongoReplicaSetSpec = {
  readonly job: 'mongo-replica-set';
  readonly set: string;
  /** By ordinal; the first one initiates. */
  readonly members: readonly Endpoint[];
  /** The key that the members share. Absent: they let everybody in. */
  readonly key?: { readonly secret: SecretName };
  /** Kept in `admin`. Absent: none. */
  readonly users?: readonly UserSpec[];
};

export interface UserSpec {
  readonly name: string;
  readonly password: SecretName;
  readonly roles: readonly DatabaseRole[];
}

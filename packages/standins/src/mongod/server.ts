/** A running mongod: what its commands work on. */
import type { ObjectId } from 'bson';
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { Condition } from './condition.ts';
import type { Cursors } from './cursors.ts';
import type { Node } from './replication/node.ts';
import type { Collections } from './storage/collections.ts';
import type { Change, Documents } from './storage/documents.ts';
import type { Journal } from './storage/journal.ts';
import type { Users } from './users.ts';

export interface Server {
  readonly processId: ObjectId;
  /** `host:port` as the process knows itself. */
  readonly name: string;
  readonly version: string;
  readonly startedAtMs: number;
  readonly time: SimulatedTime;
  readonly condition: Condition;
  readonly documents: Documents;
  /** Makes one change, as the primary or standalone. */
  readonly write: (change: Change) => void;
  readonly journal: Journal;
  readonly collections: Collections;
  readonly cursors: Cursors;
  readonly users: Users;
  /** Undefined without `--replSet`, and in the image's temporary init server. */
  readonly member: Node | undefined;
  /** Counts what clients must learn of: the counter of `topologyVersion`. */
  readonly topology: { counter: number; seen: string };
}

/** A running mongod: what its commands work on. */
import type { ObjectId } from 'bson';
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { Seal } from './access/key-file.ts';
import type { Users } from './access/users.ts';
import type { Condition } from './condition.ts';
import type { Cursors } from './cursors.ts';
import type { Node } from './replication/node.ts';
import type { Collections } from './storage/collections.ts';
import type { Change, Documents } from './storage/documents.ts';
import type { Journal } from './storage/journal.ts';

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
  /** What it shows other members; undefined without a key file. */
  readonly seal: Seal | undefined;
  /** While there are no users, the first can be made from the loopback. */
  readonly localhostException: boolean;
  /** Undefined without `--replSet`, and in the image's temporary init server. */
  readonly member: Node | undefined;
  /** Counts what clients must learn of: the counter of `topologyVersion`. */
  readonly topology: { counter: number; seen: string };
}

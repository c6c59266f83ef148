/** MongoDB in our own words: one node at a time, never a whole set, so that a node that is no primary can be asked too. */

import { clientKey } from '../../contracts/ports.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { ChatopsError, type ErrorFacts } from '../../errors/chatops-error.ts';
import type { Secret } from '../../values/secret.ts';

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

export interface VisitOptions {
  /** For connecting and for each question, ms. Default 2 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** By SCRAM-SHA-256, before the first question. Absent: nobody in particular asks. */
  readonly login?: MongoLogin;
}

export interface MongoLogin {
  readonly username: string;
  readonly password: Secret;
  /** The database that keeps the account. */
  readonly source: string;
}

export interface DatabaseRole {
  readonly role: string;
  readonly db: string;
}

export interface MongoPort {
  /**
   * Connects to exactly this node (never to another member it names), hands it to `use`, and closes every socket
   * before it settles, also when aborted.
   * @throws ChatopsError UNREACHABLE (refused, reset, DNS, timed out), UNEXPECTED_ANSWER (not a MongoDB server)
   * @throws MongoRefusal when the server answers with an error; login-refused when it does not take `login`
   * @throws the signal's reason when aborted
   */
  visit<T>(at: NodeAddress, use: (node: MongoNode) => Promise<T>, options?: VisitOptions): Promise<T>;
}

/** Under which it is asked for. */
export const MONGO = clientKey<MongoPort>('mongo');

export interface MongoNode {
  /** Needs no login, works in every state. */
  hello(): Promise<Hello>;
  /** @throws MongoRefusal no-replication, not-initialized, unauthorized */
  config(): Promise<ReplicaSetConfig>;
  /** @throws MongoRefusal no-replication, not-initialized, unauthorized */
  status(): Promise<ReplicaSetStatus>;
  /** Returns when the config is stored, before the node is PRIMARY. @throws MongoRefusal already-initialized, … */
  initiate(config: ReplicaSetConfig): Promise<void>;
  /** Never forced. Waits at most `withinMs` for the last config to be on a majority. Default 2 000. */
  reconfigure(config: ReplicaSetConfig, withinMs?: number): Promise<void>;
  /** Gives PRIMARY to a secondary that has caught up and does not stand again for `forSeconds`. */
  stepDown(forSeconds: number): Promise<void>;
  /**
   * Proves without a write of ours that this node is PRIMARY and reaches a majority: a `find` with read concern
   * linearizable, before whose answer the server commits a no-op entry to a majority.
   * @throws MongoRefusal not-primary, timed-out (no majority within `withinMs`)
   */
  proveMajority(withinMs: number): Promise<void>;
  /** Users kept in `admin`, in this order; undefined for one that is not there. @throws MongoRefusal unauthorized, not-primary */
  users(names: readonly string[]): Promise<readonly (KeptUser | undefined)[]>;
  /** Returns when a majority has it. @throws MongoRefusal user-exists, not-primary, unauthorized, timed-out */
  createUser(user: string, given: UserContent): Promise<void>;
  /** Password and roles become these. @throws MongoRefusal no-user, not-primary, unauthorized, timed-out */
  updateUser(user: string, given: UserContent): Promise<void>;
}

/** A user as a server keeps it. */
export interface KeptUser {
  readonly roles: readonly DatabaseRole[];
  /** What its password is checked by; absent where the server does not show it. */
  readonly scram?: ScramCredential;
}

/** Of SCRAM-SHA-256. */
export interface ScramCredential {
  readonly iterations: number;
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly storedKey: string;
}

export interface UserContent {
  readonly password: Secret;
  readonly roles: readonly DatabaseRole[];
}

export interface Hello {
  /** `isWritablePrimary`: also true on a server outside of any set, the image's temporary init server included. */
  readonly writable: boolean;
  readonly secondary: boolean;
  readonly arbiter: boolean;
  /** Started with --replSet but without a valid config: not initiated yet, or removed from its set. */
  readonly ghost: boolean;
  /** A router of a sharded cluster. */
  readonly router: boolean;
  readonly setName?: string;
  /** The node's own name in its config. */
  readonly me?: string;
  /** Name of the PRIMARY it knows. */
  readonly primary?: string;
  readonly hosts: readonly string[];
}

/** As the server gave it: fields we do not know are kept and sent back. */
export interface ReplicaSetConfig {
  readonly _id: string;
  readonly version?: number;
  readonly members: readonly ReplicaSetMember[];
  /** `replicaSetId` in it is printable with String(). */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly [unknown: string]: unknown;
}

export interface ReplicaSetMember {
  readonly _id: number;
  readonly host: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly [unknown: string]: unknown;
}

export interface ReplicaSetStatus {
  readonly members: readonly { readonly _id: number; readonly name: string; readonly state: MemberState }[];
}

/** Numbers as in the MongoDB manual, "Replica Set Member States". */
export type MemberState =
  | 'startup'
  | 'primary'
  | 'secondary'
  | 'recovering'
  | 'startup2'
  | 'unknown'
  | 'arbiter'
  | 'down'
  | 'rollback'
  | 'removed';

/** What a server's error means to us; decided by its number, as texts and names change between versions. */
export type RefusalReason =
  | 'already-initialized'
  | 'not-initialized'
  | 'no-replication'
  | 'no-mongodb'
  | 'invalid-config'
  | 'config-incompatible'
  | 'config-in-progress'
  | 'config-not-committed'
  | 'node-not-found'
  | 'node-holds-data'
  | 'not-electable'
  | 'not-primary'
  | 'unauthorized'
  | 'login-refused'
  | 'no-user'
  | 'user-exists'
  | 'timed-out'
  | 'interrupted'
  | 'other';

export class MongoRefusal extends ChatopsError {
  readonly reason: RefusalReason;
  /** The server's number. */
  readonly number: number;

  constructor(code: ErrorCode, reason: RefusalReason, number: number, facts: ErrorFacts) {
    super(code, facts);
    this.name = 'MongoRefusal';
    this.reason = reason;
    this.number = number;
  }
}

/** Whether an error is the server's "no" for one of these reasons. */
export const isRefusal = (thrown: unknown, ...reasons: readonly RefusalReason[]): thrown is MongoRefusal =>
  thrown instanceof MongoRefusal && (reasons.length === 0 || reasons.includes(thrown.reason));

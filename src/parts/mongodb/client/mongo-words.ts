/** MongoDB's numbers in our words. Numbers: mongodb/mongo src/mongo/base/error_codes.yml; states: its manual, "Replica Set Member States". */
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { type MemberState, MongoRefusal, type RefusalReason } from '../mongo.ts';

const REASONS: Readonly<Record<number, RefusalReason>> = {
  6: 'node-not-found',
  7: 'node-not-found',
  11: 'no-user',
  13: 'unauthorized',
  18: 'login-refused',
  23: 'already-initialized',
  50: 'timed-out',
  // CommandNotFound. Every mongod of a set knows what it is asked; a router is recognised before it is asked.
  59: 'no-mongodb',
  64: 'timed-out',
  74: 'node-not-found',
  76: 'no-replication',
  89: 'timed-out',
  91: 'interrupted',
  93: 'invalid-config',
  94: 'not-initialized',
  103: 'config-incompatible',
  104: 'not-electable',
  109: 'config-in-progress',
  110: 'node-holds-data',
  117: 'config-in-progress',
  123: 'no-replication',
  133: 'not-primary',
  134: 'timed-out',
  // LinearizableReadConcernError: what a write concern that could not be met becomes (read_concern_mongod.cpp).
  187: 'timed-out',
  189: 'interrupted',
  211: 'interrupted',
  262: 'timed-out',
  308: 'config-not-committed',
  9001: 'interrupted',
  10107: 'not-primary',
  11600: 'interrupted',
  11602: 'interrupted',
  13435: 'not-primary',
  13436: 'not-primary',
  51003: 'user-exists',
};

const CODES: Readonly<Partial<Record<RefusalReason, ErrorCode>>> = {
  unauthorized: 'PERMISSION_MISSING',
  'login-refused': 'LOGIN_REFUSED',
};

const REMEDIES: Readonly<Partial<Record<RefusalReason, string>>> = {
  unauthorized: 'log in as a user that may do that: `chatops-up up` makes those of the stack',
  'login-refused': "`chatops-up up` sets the passwords of the stack's users as .env has them",
  'no-replication': 'start mongod with --replSet',
  'invalid-config': 'check that the member name resolves inside its own container to itself',
  'no-mongodb':
    "that server speaks MongoDB's protocol and is none (FerretDB, DocumentDB, Cosmos DB, …): it can be no member of a replica set; take MongoDB's own image, as `images: { mongo: mongo:8.0 }`",
  'node-holds-data': 'empty the volume of the new member',
};

/** @param what what was asked of whom, e.g. `replSetInitiate at mongo:27017 was refused` */
export const describeServerError = (what: string, number: number, text: string, cause: unknown): MongoRefusal => {
  const reason = REASONS[number] ?? 'other';
  const next = REMEDIES[reason];
  return new MongoRefusal(CODES[reason] ?? 'JOB_FAILED', reason, number, {
    what,
    why: `${text} (${number})`,
    ...(next === undefined ? {} : { next }),
    cause,
  });
};

const STATES: Readonly<Record<number, MemberState>> = {
  0: 'startup',
  1: 'primary',
  2: 'secondary',
  3: 'recovering',
  5: 'startup2',
  6: 'unknown',
  7: 'arbiter',
  8: 'down',
  9: 'rollback',
  10: 'removed',
};

export const memberState = (state: number): MemberState => STATES[state] ?? 'unknown';

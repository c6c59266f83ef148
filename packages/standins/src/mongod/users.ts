/** Accounts of a mongod with `--auth`: SCRAM (RFC 5802, RFC 7677), kept in admin.system.users. */

import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { randomBytes } from '../kit/chance.ts';
import { refusal } from './errors.ts';
import type { Collections } from './storage/collections.ts';
import { type Documents, keyOf } from './storage/documents.ts';
import type { Document } from './wire/bson-codec.ts';

export const USERS_NS = 'admin.system.users';
/** The server's default is 15,000; RFC 7677 asks for 4,096 at least, which drivers insist on. */
const ITERATIONS = 4_096;

export interface Users {
  readonly required: boolean;
  has(db: string, name: string): boolean;
  create(db: string, name: string, password: string, roles: readonly unknown[]): void;
  drop(db: string, name: string): boolean;
  list(db: string): Document[];
  /** The server's first message. @throws CommandError AuthenticationFailed */
  begin(of: Mechanism, db: string, clientFirst: string): Conversation;
}

export interface Conversation {
  readonly db: string;
  readonly name: string;
  readonly serverFirst: string;
  /** The server's final message. @throws CommandError AuthenticationFailed */
  finish(clientFinal: string): string;
}

export type Mechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-1';
export const MECHANISMS: readonly Mechanism[] = ['SCRAM-SHA-256', 'SCRAM-SHA-1'];

/** SCRAM-SHA-1 hashes `user:mongo:password` first (mongodb/specifications source/auth). */
const METHODS = {
  'SCRAM-SHA-256': {
    hash: 'sha256',
    bytes: 32,
    secret: (_name: string, password: string) => password.normalize('NFKC'),
  },
  'SCRAM-SHA-1': {
    hash: 'sha1',
    bytes: 20,
    secret: (name: string, password: string) => createHash('md5').update(`${name}:mongo:${password}`).digest('hex'),
  },
} as const;

interface Stored {
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
}

const hmac = (of: Mechanism, key: Buffer, text: string): Buffer =>
  createHmac(METHODS[of].hash, key).update(text).digest();
const hash = (of: Mechanism, bytes: Buffer): Buffer => createHash(METHODS[of].hash).update(bytes).digest();
const failed = () => refusal('AuthenticationFailed', 'Authentication failed.');

const derive = (of: Mechanism, name: string, password: string): Stored => {
  const method = METHODS[of];
  // As the server's: four bytes shorter than the hash.
  const salt = randomBytes(method.bytes - 4);
  const salted = pbkdf2Sync(method.secret(name, password), salt, ITERATIONS, method.bytes, method.hash);
  return {
    salt: salt.toString('base64'),
    storedKey: hash(of, hmac(of, salted, 'Client Key')).toString('base64'),
    serverKey: hmac(of, salted, 'Server Key').toString('base64'),
  };
};

const attributes = (message: string): Map<string, string> =>
  new Map(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));

interface Opening {
  readonly of: Mechanism;
  readonly db: string;
  readonly name: string;
  readonly clientFirstBare: string;
}

const converse = ({ of, db, name, clientFirstBare }: Opening, stored: Stored): Conversation => {
  const nonce = `${attributes(clientFirstBare).get('r') ?? ''}${randomBytes(24).toString('base64')}`;
  const serverFirst = `r=${nonce},s=${stored.salt},i=${ITERATIONS}`;
  return {
    db,
    name,
    serverFirst,
    finish: (clientFinal) => {
      const parts = attributes(clientFinal);
      const withoutProof = clientFinal.slice(0, clientFinal.lastIndexOf(',p='));
      const text = `${clientFirstBare},${serverFirst},${withoutProof}`;
      const storedKey = Buffer.from(stored.storedKey, 'base64');
      const signature = hmac(of, storedKey, text);
      const proof = Buffer.from(parts.get('p') ?? '', 'base64');
      if (parts.get('r') !== nonce || proof.length !== signature.length) throw failed();
      const clientKey = Buffer.from(proof.map((byte, at) => byte ^ (signature[at] ?? 0)));
      if (!timingSafeEqual(hash(of, clientKey), storedKey)) throw failed();
      return `v=${hmac(of, Buffer.from(stored.serverKey, 'base64'), text).toString('base64')}`;
    },
  };
};

export const createUsers = (documents: Documents, collections: Collections, required: boolean): Users => {
  const idOf = (db: string, name: string) => `${db}.${name}`;
  const find = (db: string, name: string) => documents.get(USERS_NS, keyOf(idOf(db, name)));
  return {
    required,
    has: (db, name) => find(db, name) !== undefined,
    create: (db, name, password, roles) => {
      if (find(db, name)) throw refusal('Location51003', `User "${name}@${db}" already exists`);
      const credentials = Object.fromEntries(
        MECHANISMS.map((of) => [of, { iterationCount: ITERATIONS, ...derive(of, name, password) }]),
      );
      collections.insert(USERS_NS, { _id: idOf(db, name), user: name, db, credentials, roles });
    },
    drop: (db, name) => {
      const user = find(db, name);
      if (user) collections.remove(USERS_NS, user);
      return user !== undefined;
    },
    list: (db) =>
      documents
        .all(USERS_NS)
        .filter((user) => user.db === db)
        .map(({ _id, user, db: of, roles }) => ({ _id, user, db: of, roles, mechanisms: [...MECHANISMS] })),
    begin: (of, db, clientFirst) => {
      // gs2 header: no channel binding ("n,," or "y,,"), then the bare message.
      const bare = /^[ny],[^,]*,(.*)$/s.exec(clientFirst)?.[1] ?? '';
      const name = (attributes(bare).get('n') ?? '').replaceAll('=2C', ',').replaceAll('=3D', '=');
      const stored = find(db, name)?.credentials?.[of] as Stored | undefined;
      // An unknown user goes through the same steps, and fails at the end like a wrong password.
      return converse(
        { of, db, name, clientFirstBare: bare },
        stored ?? derive(of, name, randomBytes(12).toString('hex')),
      );
    },
  };
};

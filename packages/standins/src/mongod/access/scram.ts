/** SCRAM as the server's side of it (RFC 5802, RFC 7677): stored credentials, and one conversation over them. */
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { randomBytes } from '../../kit/chance.ts';
import { refusal } from '../errors.ts';

/** The server's default is 15,000; RFC 7677 asks for 4,096 at least, which drivers insist on. */
export const ITERATIONS = 4_096;

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

/** What is kept of a password: base64. */
export interface Stored {
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
}

export interface Conversation {
  readonly db: string;
  readonly name: string;
  readonly serverFirst: string;
  /** The server's final message. @throws CommandError AuthenticationFailed */
  finish(clientFinal: string): string;
}

const hmac = (of: Mechanism, key: Buffer, text: string): Buffer =>
  createHmac(METHODS[of].hash, key).update(text).digest();
const hash = (of: Mechanism, bytes: Buffer): Buffer => createHash(METHODS[of].hash).update(bytes).digest();
const failed = () => refusal('AuthenticationFailed', 'Authentication failed.');

export const derive = (of: Mechanism, name: string, password: string): Stored => {
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

/** The client's first message without its gs2 header: no channel binding (`n,,` or `y,,`). */
export interface Opening {
  readonly of: Mechanism;
  readonly db: string;
  readonly name: string;
  readonly clientFirstBare: string;
}

export const readOpening = (of: Mechanism, db: string, clientFirst: string): Opening => {
  const clientFirstBare = /^[ny],[^,]*,(.*)$/s.exec(clientFirst)?.[1] ?? '';
  const name = (attributes(clientFirstBare).get('n') ?? '').replaceAll('=2C', ',').replaceAll('=3D', '=');
  return { of, db, name, clientFirstBare };
};

export const converse = ({ of, db, name, clientFirstBare }: Opening, stored: Stored): Conversation => {
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

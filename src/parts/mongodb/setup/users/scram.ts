/** Whether a password is the one that a server keeps for a user, without logging in (RFC 5802, section 3; RFC 7677). */
import { createHash, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { Secret } from '../../../../values/secret.ts';
import type { ScramCredential } from '../../mongo.ts';

const derive = promisify(pbkdf2);
const HASH = 'sha256';
const BYTES = 32;

/** Printable ASCII, which SASLprep leaves as it is (RFC 4013). */
const PLAIN = /^[\x20-\x7e]+$/;

/** @returns undefined for a password that only the server's own preparation of it could judge */
export const isPasswordOf = async (
  password: Secret,
  { iterations, salt, storedKey }: ScramCredential,
): Promise<boolean | undefined> => {
  const text = password.reveal();
  if (!PLAIN.test(text)) return undefined;
  const salted = await derive(text, Buffer.from(salt, 'base64'), iterations, BYTES, HASH);
  const clientKey = createHmac(HASH, salted).update('Client Key').digest();
  return createHash(HASH).update(clientKey).digest('base64') === storedKey;
};

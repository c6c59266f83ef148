/** Against what a server keeps: the worked example of RFC 7677, section 3, and one of a stand-in over a real socket elsewhere. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isPasswordOf } from '../../../../../src/parts/mongodb/setup/users/scram.ts';
import { Secret } from '../../../../../src/values/secret.ts';

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Of RFC 7677, section 3: user `user`, password `pencil`. */
const SALT = 'W22ZaJ0SNY7soEsUEjb6gQ==';
const ITERATIONS = 4_096;
const NONCE = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const MESSAGES = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${NONCE},s=${SALT},i=${ITERATIONS},c=biws,r=${NONCE}`;
const PROOF = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');

/** What the server of the example must keep, found from the proof that it takes: proof ⊕ signature is the client's key. */
const storedKey = (): string => {
  const salted = pbkdf2Sync('pencil', Buffer.from(SALT, 'base64'), ITERATIONS, 32, 'sha256');
  const stored = sha256(hmac(salted, 'Client Key'));
  const signature = hmac(stored, MESSAGES);
  const clientKey = Buffer.from(PROOF.map((byte, index) => byte ^ (signature[index] ?? 0)));
  return sha256(clientKey).toString('base64');
};

const kept = { iterations: ITERATIONS, salt: SALT, storedKey: storedKey() };

describe('a password, by what a server keeps of it', () => {
  it('is the one of the worked example', async () => {
    expect(await isPasswordOf(new Secret('pencil'), kept)).toBe(true);
  });

  it.each(['pencils', 'Pencil', ' pencil', 'x'])('is not %j', async (other) => {
    expect(await isPasswordOf(new Secret(other), kept)).toBe(false);
  });

  it.each(['pęncil', 'pen\u00adcil', 'pen\ncil', ''])(
    'cannot be told of %j, which the server prepares first',
    async (other) => {
      expect(await isPasswordOf(new Secret(other), kept)).toBeUndefined();
    },
  );
});

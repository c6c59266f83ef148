import { scryptSync, timingSafeEqual } from 'node:crypto';
import { randomBytes } from '../kit/chance.ts';
import { sha256Hex } from './ids.ts';

// A low cost on purpose: a stand-in makes a thousand users in seconds, and keeps nobody's real password.
const COST = { N: 512, r: 8, p: 1 };

const derive = (digest: string, salt: Buffer): Buffer => scryptSync(digest.toLowerCase(), salt, 32, COST);

/** @param digest hex SHA-256 of the plain password: what a DDP client sends instead of it */
export const hashDigest = (digest: string): string => {
  const salt = randomBytes(12);
  return `${salt.toString('base64')}$${derive(digest, salt).toString('base64')}`;
};

export const hashPassword = (password: string): string => hashDigest(sha256Hex(password));

export const digestMatches = (digest: string, stored: string | undefined): boolean => {
  const [salt, hash] = (stored ?? '').split('$');
  if (!salt || !hash) return false;
  return timingSafeEqual(derive(digest, Buffer.from(salt, 'base64')), Buffer.from(hash, 'base64'));
};

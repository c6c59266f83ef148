/** Passwords that everybody tries first. Pure but for a digest. */
import { sha256Hex } from '../../values/sha256.ts';
import { WEAK_DIGESTS } from './generated/weak-digests.ts';

/** Of each digest as many bytes: one in a million other passwords looks like one of them. */
export const KEPT_BYTES = 4;

/** What is kept of a password: as GitLab compares them (gl:lib/security/weak_passwords.rb), in lower case. */
export const keptOf = (password: string): Buffer =>
  Buffer.from(sha256Hex(password.toLowerCase()).slice(0, 2 * KEPT_BYTES), 'hex');

let digests: ReadonlySet<number> | undefined;

const allDigests = (): ReadonlySet<number> => {
  const bytes = Buffer.from(WEAK_DIGESTS.join(''), 'base64');
  const found = new Set<number>();
  for (let at = 0; at < bytes.length; at += KEPT_BYTES) found.add(bytes.readUInt32BE(at));
  return found;
};

/** Among the first 4,500 of 8 characters or more. GitLab has a list of its own, of as many digests. */
export const isWidelyUsed = (password: string): boolean => {
  digests ??= allDigests();
  return digests.has(keptOf(password).readUInt32BE());
};

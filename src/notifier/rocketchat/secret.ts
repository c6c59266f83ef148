import { sha256 } from './sha256.ts';

const DIGEST = /^[0-9a-f]{64}$/;
/** No secret is longer; a header of megabytes is not digested. */
const LONGEST = 4_096;

/** Looks at every character whatever was found before: how long it takes says nothing. */
const isSame = (left: string, right: string): boolean => {
  let difference = left.length ^ right.length;
  for (let i = 0; i < 64; i += 1) difference |= (left.charCodeAt(i) | 0) ^ (right.charCodeAt(i) | 0);
  return difference === 0;
};

/**
 * Whether what came as X-Gitlab-Token is the secret of one of these digests; nothing, and a digest that is none, never
 * is. All of them are looked at, whichever fits.
 */
export const isSecret = (given: unknown, digests: readonly string[]): boolean => {
  const text = typeof given === 'string' && given.length <= LONGEST ? given : '';
  const own = sha256(text);
  const fitting = digests.filter((digest) => isSame(own, digest) && DIGEST.test(digest));
  return fitting.length > 0 && text !== '';
};

/**
 * The key that the members of a set share (MongoDB manual, "Self-Managed Internal/Membership Authentication"): 6 to 1,024
 * characters of base64, white space left out, and readable by its owner alone. With it members show each other that
 * they belong together, and clients log in as `__system`.
 */
import { createHmac } from 'node:crypto';
import { statFile } from '../../kit/stat-file.ts';
import type { Document } from '../wire/bson-codec.ts';

const LEAST = 6;
const MOST = 1_024;
/** Rights of the group and of all others. */
const OTHERS = 0o077;

export type KeyFile = { readonly key: string } | { readonly trouble: string };

/** Why it cannot be used: as mongod says it when it ends. */
export const readKeyFile = (path: string): KeyFile => {
  const file = statFile(path);
  if ('code' in file) return { trouble: `Error reading file ${path}: ${file.code}` };
  if ((file.mode & OTHERS) !== 0) return { trouble: `permissions on ${path} are too open` };
  const key = file.text.replaceAll(/\s/g, '');
  if (/[^A-Za-z0-9+/=]/.test(key)) return { trouble: `invalid char in key file ${path}` };
  if (key.length >= LEAST && key.length <= MOST) return { key };
  return { trouble: `security key in ${path} has length ${key.length}, must be between ${LEAST} and ${MOST} chars` };
};

/**
 * How a member shows that it has the key, in the questions between members. The form is ours: real members log in as
 * `__system` first. `yields`: it is taken without, too, by a member that knows of no key (`--transitionToAuth`).
 */
export interface Seal {
  readonly proof: string;
  readonly yields: boolean;
}

const FIELD = 'standinSeal';

export const sealOf = (key: string, yields: boolean): Seal => ({
  proof: createHmac('sha256', key).update('a member of the set').digest('base64'),
  yields,
});

/** Adds the proof to a question. */
export const sealed = (seal: Seal | undefined, question: Document): Document =>
  seal === undefined ? question : { ...question, [FIELD]: seal };

/**
 * Whether a question comes from a member that belongs here.
 * @param own what this member would show; undefined where it knows of no key
 */
export const isTrusted = (own: Seal | undefined, question: Document): boolean => {
  const shown = question[FIELD] as Seal | undefined;
  if (own === undefined) return shown === undefined || shown.yields;
  return own.yields || shown?.proof === own.proof;
};

/** Reads what a stack directory holds: chatops.yaml and .env. The only place where the CLI reads files by itself. */
import { join } from 'node:path';
import { requireOwnDirectory, running } from '../adapters/own-directory.ts';
import { readBounded } from '../adapters/read-bounded.ts';
import { IMAGE_LOCK_FILE, type ImageLock, NO_LOCK, parseImageLock } from '../config/image-lock.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

export const CONFIG_FILE = 'chatops.yaml';
export const ENV_FILE = '.env';
/** A line per image; a stack has some ten. */
const LARGEST_IMAGE_LOCK_BYTES = 262_144;

/** Ours: lock, journal, proofs, the embedded engine's data. */
export const STATE_DIR = '.chatops';

/** A configuration is some hundred lines; 1 MiB is beyond any of them. */
const LARGEST_CONFIG_BYTES = 1_048_576;

/** Far above any file of variables. */
const LARGEST_ENV_BYTES = 4 * 1_048_576;

/** Files that their user may keep elsewhere and link to. */
export const USERS_OWN: readonly string[] = [CONFIG_FILE, ENV_FILE];

/** Undefined when there is none. @throws ChatopsError CONFIG_UNREADABLE, CONFIG_TOO_LARGE, DIRECTORY_UNUSABLE */
export const readConfigText = (dir: string): string | undefined => {
  requireOwnDirectory(dir, STATE_DIR, running(process.env));
  const path = join(dir, CONFIG_FILE);
  const read = readBounded(path, LARGEST_CONFIG_BYTES);
  if (read.kind === 'text') return read.text;
  if (read.kind === 'none') return undefined;
  if (read.kind === 'too-large') {
    throw new ChatopsError('CONFIG_TOO_LARGE', {
      what: `${path} has ${read.size} bytes`,
      why: `a chatops.yaml of more than ${LARGEST_CONFIG_BYTES} bytes is not read`,
      next: 'name the right directory with --dir, or take out what does not belong there',
    });
  }
  const { why, cause } = read;
  throw new ChatopsError('CONFIG_UNREADABLE', { what: `${path} cannot be read`, why, cause });
};

/** Undefined when there is none. @param next what to do where it is too large, and where it cannot be read. Default: as the catalogue says */
const readOptional = (
  path: string,
  largest: number,
  code: 'ENV_FILE_DAMAGED' | 'IMAGE_LOCK_DAMAGED',
  next?: { readonly tooLarge: string; readonly unreadable: string },
): string | undefined => {
  const read = readBounded(path, largest);
  if (read.kind === 'text') return read.text;
  if (read.kind === 'none') return undefined;
  const isLarge = read.kind === 'too-large';
  throw new ChatopsError(code, {
    what: `${path} cannot be read`,
    why: isLarge ? `it has ${read.size} bytes` : read.why,
    ...(next && { next: isLarge ? next.tooLarge : next.unreadable }),
    ...(isLarge ? {} : { cause: read.cause }),
  });
};

/** Undefined when there is none. @throws ChatopsError ENV_FILE_DAMAGED */
export const readEnvText = (dir: string): string | undefined =>
  readOptional(join(dir, ENV_FILE), LARGEST_ENV_BYTES, 'ENV_FILE_DAMAGED', {
    tooLarge: 'name the right file',
    unreadable: 'let it be a file that you may read',
  });

/** Nothing is locked where there is none. @throws ChatopsError IMAGE_LOCK_DAMAGED */
export const readImageLock = (dir: string): ImageLock => {
  const text = readOptional(join(dir, IMAGE_LOCK_FILE), LARGEST_IMAGE_LOCK_BYTES, 'IMAGE_LOCK_DAMAGED');
  return text === undefined ? NO_LOCK : parseImageLock(text, IMAGE_LOCK_FILE);
};

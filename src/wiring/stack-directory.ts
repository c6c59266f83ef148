/** Reads what a stack directory holds: chatops.yaml and .env. The only place where the CLI reads files by itself. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChatopsError } from '../errors/chatops-error.ts';

export const CONFIG_FILE = 'chatops.yaml';
export const ENV_FILE = '.env';
/** Ours: lock, journal, proofs, the embedded engine's data. */
export const STATE_DIR = '.chatops';

/** A configuration is some hundred lines; 1 MiB is beyond any of them. */
const LARGEST_CONFIG_BYTES = 1_048_576;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

/** Undefined when there is none. @throws ChatopsError CONFIG_UNREADABLE, CONFIG_TOO_LARGE */
export const readConfigText = (dir: string): string | undefined => {
  const path = join(dir, CONFIG_FILE);
  try {
    const { size } = statSync(path);
    if (size > LARGEST_CONFIG_BYTES) {
      throw new ChatopsError('CONFIG_TOO_LARGE', {
        what: `${path} has ${size} bytes`,
        why: `a chatops.yaml of more than ${LARGEST_CONFIG_BYTES} bytes is not read`,
        next: 'name the right directory with --dir, or take out what does not belong there',
      });
    }
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof ChatopsError) throw cause;
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new ChatopsError('CONFIG_UNREADABLE', { what: `${path} cannot be read`, why: codeOf(cause), cause });
  }
};

/** Undefined when there is none. @throws ChatopsError ENV_FILE_DAMAGED */
export const readEnvText = (dir: string): string | undefined => {
  const path = join(dir, ENV_FILE);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new ChatopsError('ENV_FILE_DAMAGED', {
      what: `${path} cannot be read`,
      why: codeOf(cause),
      next: 'give yourself the right to read it',
      cause,
    });
  }
};

/** What a stack directory must not give away: it may be a repository, and others may have accounts on the machine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivate, openTo, sweepUnfinished } from '../adapters/private-file.ts';
import { textOrNothing } from '../adapters/read-bounded.ts';
import type { Files } from '../contracts/files.ts';
import { ENV_FILE, STATE_DIR } from './stack-directory.ts';

const IGNORE_FILE = '.gitignore';
const IGNORED = [ENV_FILE, '.*.new', `${STATE_DIR}/`];
const IGNORE_TEXT = `# made by chatops-up, yours from now on: secrets and what is kept from run to run\n${IGNORED.join('\n')}\n`;

/** A list of names. */
const LARGEST_IGNORE_BYTES = 1024 * 1024;

const isIgnored = (text: string): boolean => text.split(/\r?\n/).some((line) => /^\/?\.env\*?$/.test(line.trim()));

/** @returns a line each, with what fixes it */
export const privacyWarnings = (dir: string): readonly string[] => {
  const mode = openTo(join(dir, ENV_FILE));
  const ignored = textOrNothing(join(dir, IGNORE_FILE), LARGEST_IGNORE_BYTES);
  const isRepository = existsSync(join(dir, '.git'));
  return [
    ...(mode === undefined ? [] : [`${ENV_FILE}: others may read it (mode ${mode}); \`up\` makes it 600`]),
    ...(isRepository && ignored !== undefined && !isIgnored(ignored)
      ? [`${IGNORE_FILE}: it does not name ${ENV_FILE}, which holds secrets; add ${IGNORED.join(', ')}`]
      : []),
  ];
};

/** @param files of the same directory; the stack is locked */
export const keepPrivate = async (dir: string, files: Pick<Files, 'write'>): Promise<void> => {
  sweepUnfinished(dir);
  if (openTo(join(dir, ENV_FILE)) !== undefined) makePrivate(join(dir, ENV_FILE));
  if (!existsSync(join(dir, IGNORE_FILE))) await files.write(IGNORE_FILE, IGNORE_TEXT);
};

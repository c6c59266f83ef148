/** Files that hold secrets: who may read them, and what a write that was cut off has left of them. */
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Permission bits for group and others. */
const OTHERS = 0o077;

/** `644` where others than its owner may do something with it; undefined where they may not, and where it is not there. */
export const openTo = (path: string): string | undefined => {
  // Windows reports bits that mean nothing there.
  if (process.platform === 'win32') return undefined;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  return mode === undefined || (mode & OTHERS) === 0 ? undefined : (mode & 0o777).toString(8);
};

/** For its owner alone, read and write. @throws what the system answers: it belongs to somebody else */
export const makePrivate = (path: string): void => chmodSync(path, 0o600);

/** As `createFiles` names what it writes beside its place. */
const UNFINISHED = /^\..+\.[0-9a-f]{12}\.new$/;

/** Removes what writes that were killed have left in this directory. Nobody else may write there meanwhile. */
export const sweepUnfinished = (dir: string): void => {
  for (const name of readdirSync(dir)) if (UNFINISHED.test(name)) rmSync(join(dir, name), { force: true });
};

/**
 * Where a path of the stack directory really is. Links within the directory are followed, for reading and for writing; one
 * that leads out of it is refused, whatever is done with it: nothing outside is read as ours, or written, or replaced.
 */
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { ChatopsError } from '../errors/chatops-error.ts';
import { codeOf } from './network-errors.ts';

const missing = (thrown: unknown): undefined => {
  if (codeOf(thrown) === 'ENOENT') return undefined;
  throw thrown;
};

/** With every link on the way followed; what is not there yet stays as it is written. */
const realDirectory = async (dir: string): Promise<string> => {
  const real = await realpath(dir).catch(missing);
  if (real !== undefined) return real;
  const parent = dirname(dir);
  return parent === dir ? dir : join(await realDirectory(parent), basename(dir));
};

const isWithin = (full: string, root: string): boolean => full === root || full.startsWith(root + sep);

const leadsOut = (path: string, target: string): ChatopsError =>
  new ChatopsError('DIRECTORY_UNUSABLE', {
    what: `${path} is a symbolic link, or lies behind one, that leads out of the stack directory`,
    why: `it leads to ${target}`,
    next: 'put the file itself there, or name the directory that it leads to with --dir',
  });

/**
 * @param root the stack directory, absolute; it may be a link itself
 * @param path below it
 * @param followed whether this file may be a link to anywhere: one that its user keeps elsewhere
 * @throws ChatopsError DIRECTORY_UNUSABLE for a link that leads out of it, or nowhere. @throws what the system answers
 */
export const pathInside = async (root: string, path: string, followed: boolean): Promise<string> => {
  const realRoot = await realDirectory(resolve(root));
  const full = resolve(root, path);
  const dir = await realDirectory(dirname(full));
  if (!isWithin(dir, realRoot)) throw leadsOut(full, dir);
  const here = join(dir, basename(full));
  const found = await lstat(here).catch(missing);
  if (found?.isSymbolicLink() !== true) return here;
  const target = await realpath(here).catch(missing);
  if (target === undefined) {
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${full} is a symbolic link that leads nowhere`,
      next: 'remove the link, or put the file there that it leads to',
    });
  }
  if (followed || isWithin(target, realRoot)) return target;
  throw leadsOut(full, target);
};

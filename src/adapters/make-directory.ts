import { lstat, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const isDirectory = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

/** A link that leads nowhere is there. */
const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/**
 * Like `mkdir -p`. Node's own `recursive` never comes back where the parent is there and the new directory still
 * answers ENOENT, as in /proc (seen with Node 20.20).
 * @throws Node's error of the directory that cannot be made
 */
export const makeDirectory = async (path: string): Promise<void> => {
  try {
    await mkdir(path);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      if (await isDirectory(path)) return;
      // Removed by another run between the two calls.
      if (!(await isThere(path))) return makeDirectory(path);
    }
    if (code !== 'ENOENT' || (await isDirectory(dirname(path)))) throw thrown;
    await makeDirectory(dirname(path));
    await makeDirectory(path);
  }
};

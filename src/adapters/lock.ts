import { open, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackLock } from '../contracts/lock.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { makeDirectory } from './make-directory.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const unusable = (dir: string, cause: unknown): ChatopsError =>
  new ChatopsError('DIRECTORY_UNUSABLE', {
    what: `${dir} cannot be written`,
    why: (cause as NodeJS.ErrnoException).code ?? String(cause),
    next: 'give yourself the right to write there, or name another directory with --dir',
    cause,
  });

/** A lock file with the holder's process id; one whose process has gone (a kill, a power cut) is taken over. */
export const createStackLock = (dir: string): StackLock => {
  const path = join(dir, 'lock');
  const openNew = async () => {
    await makeDirectory(dir);
    return open(path, 'wx');
  };
  const create = async (): Promise<boolean> => {
    try {
      // A run that ends at this moment may take the empty directory with it.
      const file = await openNew().catch((thrown: NodeJS.ErrnoException) => {
        if (thrown.code === 'ENOENT') return openNew();
        throw thrown;
      });
      await file.writeFile(`${process.pid}\n`);
      await file.close();
      return true;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw unusable(dir, cause);
    }
  };
  return {
    acquire: async () => {
      if (await create()) return;
      const holder = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
      if (Number.isInteger(holder) && holder !== process.pid && isAlive(holder)) {
        throw new ChatopsError('STACK_LOCKED', {
          what: 'another run is working on this stack',
          why: `process ${holder} holds ${path}`,
          next: `wait until it ends, or end it (kill ${holder})`,
        });
      }
      await rm(path, { force: true });
      if (!(await create())) {
        throw new ChatopsError('STACK_LOCKED', { what: 'another run has just begun to work on this stack' });
      }
    },
    release: async () => {
      await rm(path, { force: true });
      // A refused first run leaves no trace; with anything in it the directory stays.
      await rmdir(dir).catch(() => undefined);
    },
  };
};

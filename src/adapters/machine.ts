/** This machine, by Node's own modules. */
import { promises as dns } from 'node:dns';
import { readFile, statfs } from 'node:fs/promises';
import type { Machine } from '../contracts/machine.ts';
import { fileSystemNamed } from './file-systems.ts';
import { portTrouble } from './port-trouble.ts';

const RESOLVES_WITHIN_MS = 1_000;

const orUndefined = async <T>(task: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await task();
  } catch {
    return undefined;
  }
};

export const createMachine = (): Machine => ({
  portTrouble,
  freeBytes: (path) =>
    orUndefined(async () => {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    }),
  swapBytes: () =>
    orUndefined(async () => {
      const kib = /^SwapTotal:\s*(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'))?.[1];
      if (kib === undefined) throw new Error('no Linux');
      return Number(kib) * 1024;
    }),
  fileSystem: async (path) => {
    const found = await orUndefined(() => statfs(path));
    return found && fileSystemNamed(found.type);
  },
  cpuFlags: () =>
    orUndefined(async () => {
      const flags = /^flags\s*:(.*)$/m.exec(await readFile('/proc/cpuinfo', 'utf8'))?.[1];
      if (flags === undefined) throw new Error('not in the words of x86');
      return new Set(flags.trim().split(/\s+/));
    }),
  resolves: async (name) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), RESOLVES_WITHIN_MS);
    });
    try {
      return await Promise.race([dns.lookup(name).then(() => true), late]);
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  },
});

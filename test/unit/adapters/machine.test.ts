/** What is read of this machine, against what its own programs say of it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMachine } from '../../../src/adapters/machine.ts';

const machine = createMachine();
const said = (program: string, ...words: readonly string[]): string =>
  execFileSync(program, words, { encoding: 'utf8' }).trim();

describe.runIf(process.platform === 'linux')('this machine', () => {
  it('has the swap that `free` says', async () => {
    const [, total] = /^Swap:\s+(\d+)/m.exec(said('free', '-b')) ?? [];
    expect(await machine.swapBytes()).toBe(Number(total));
  });

  it('has the free bytes that `stat` says, give or take what others write meanwhile', async () => {
    const [blocks = 0, size = 0] = said('stat', '-f', '-c', '%a %S', '/').split(' ').map(Number);
    const free = (await machine.freeBytes('/')) ?? 0;
    expect(Math.abs(free - blocks * size)).toBeLessThan(2 * 1024 ** 3);
  });

  it.runIf(existsSync('/dev/shm'))('has memory under /dev/shm', async () => {
    expect(said('stat', '-f', '-c', '%T', '/dev/shm')).toBe('tmpfs');
    expect(await machine.fileSystem('/dev/shm')).toBe('tmpfs');
  });

  it('has no file system that anything is said of under /proc, and none where nothing is', async () => {
    expect(await machine.fileSystem('/proc')).toBeUndefined();
    expect(await machine.fileSystem('/nowhere/at/all')).toBeUndefined();
  });
});

import type { Machine } from '../../src/contracts/machine.ts';

/** A machine with everything a stack wants, with what the test is about put over it. */
export const aMachine = (rest: Partial<Machine> = {}): Machine => ({
  portTrouble: async () => undefined,
  freeBytes: async () => 100 * 1024 ** 3,
  swapBytes: async () => 2 * 1024 ** 3,
  fileSystem: async () => 'ext4',
  cpuFlags: async () => new Set(['sse2', 'avx']),
  resolves: async () => true,
  ...rest,
});

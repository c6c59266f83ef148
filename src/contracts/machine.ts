/** The machine that we run on, as far as a preflight asks. Undefined: it cannot be found out here. */
export interface Machine {
  /** @param at address of the machine; `0.0.0.0`: every one @returns the error code that keeps a port from being opened; undefined when it is free */
  portTrouble(port: number, at: string): Promise<string | undefined>;
  /** Bytes that may still be written under a path. */
  freeBytes(path: string): Promise<number | undefined>;
  /** Swap that it has, used or not, bytes. */
  swapBytes(): Promise<number | undefined>;
  /** Kind of the file system under a path, by the name Linux gives it (`ext4`, `nfs`); undefined for one not known here. */
  fileSystem(path: string): Promise<string | undefined>;
  /** What its CPU can do, in the words of Linux (`avx`). */
  cpuFlags(): Promise<ReadonlySet<string> | undefined>;
  /** Whether a host name has an address; within a second, else no. */
  resolves(name: string): Promise<boolean>;
}

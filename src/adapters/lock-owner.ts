/** Who holds a lock, and whether that process is still there: told apart from one that got its number later. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

export interface Owner {
  /** Unique for every time a lock is taken. */
  readonly mark: string;
  readonly pid: number;
  /** When the process began, as its system counts; undefined where that is not known. */
  readonly began?: string;
  /** Since when the machine runs, and within which processes a number means one of them; undefined where not known. */
  readonly boot?: string;
  readonly processes?: string;
  readonly host: string;
  /** Keeps servers running until it is asked to end. */
  readonly staying?: boolean;
  /** The engine of those servers. */
  readonly engine?: string;
}

const known = (read: () => string): string | undefined => {
  try {
    return read().trim();
  } catch {
    // Not Linux, or gone meanwhile.
    return undefined;
  }
};

/** Field 22 of `/proc/PID/stat` (man 5 proc): ticks since the machine was started. The name before may hold anything. */
const beganOf = (pid: number): string | undefined =>
  known(() => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  });

const here = () => ({
  host: hostname(),
  boot: known(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
  processes: known(() => readlinkSync('/proc/self/ns/pid')),
});

const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));

export const thisProcess = (mark: string): Owner => ({
  ...(defined({ ...here(), began: beganOf(process.pid) }) as Pick<Owner, 'host'>),
  mark,
  pid: process.pid,
});

const ownerFile = z.looseObject({
  mark: z.string().regex(/^[\w-]{1,64}$/),
  pid: z.number().int(),
  host: z.string(),
  began: z.exactOptional(z.string()),
  boot: z.exactOptional(z.string()),
  processes: z.exactOptional(z.string()),
  staying: z.exactOptional(z.boolean()),
  engine: z.exactOptional(z.string().regex(/^[\w-]{1,64}$/)),
});

/** A file of version 0.1 holds the number of a process alone; one that was damaged names nobody. */
const older = (text: string): Owner => {
  const pid = /^\d{1,10}\s*$/.test(text) ? Number(text) : 0;
  return { mark: `older-${pid}`, pid, host: hostname() };
};

export const readOwner = (text: string): Owner => {
  try {
    const { data } = ownerFile.safeParse(JSON.parse(text));
    return data ?? older(text);
  } catch {
    return older(text);
  }
};

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it lives, and belongs to somebody else.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** As Ctrl-C does. @returns false where it may not be asked: it is another user's, or gone */
export const askToEnd = ({ pid }: Owner): boolean => {
  try {
    return process.kill(pid, 'SIGTERM');
  } catch {
    return false;
  }
};

/** `elsewhere`: on another machine, or in another container: nothing of it can be seen. */
export type OwnerStanding = 'there' | 'gone' | 'elsewhere';

export const standingOf = ({ pid, host, boot, processes, began }: Owner): OwnerStanding => {
  const now = here();
  if (host !== now.host) return 'elsewhere';
  if (boot !== undefined && now.boot !== undefined && boot !== now.boot) return 'gone';
  if (processes !== undefined && now.processes !== undefined && processes !== now.processes) return 'elsewhere';
  // 0 and -1 mean many processes. 1 is a run of ours only where it is known when that began: alone in a container.
  if (pid < 1 || (pid === 1 && began === undefined) || !isThere(pid)) return 'gone';
  // The number is another process's by now.
  if (began !== undefined && beganOf(pid) !== began) return 'gone';
  return 'there';
};

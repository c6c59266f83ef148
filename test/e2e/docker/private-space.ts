/** What an engine of a test's own runs in: a network namespace that others do not meet, and a folder that goes away. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';

/** @param log a file whose end says why it did not come to that */
export const until = async (what: string, holds: () => boolean | Promise<boolean>, log: string): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}; the end of the daemon's log:\n${readFileSync(log, 'utf8').slice(-3000)}`);
};

export interface NetworkSpace {
  /** After `nsenter`: what enters it. */
  readonly inside: readonly string[];
  end(): void;
}

const spaceOf = (pid: number | string | undefined): string => readlinkSync(`/proc/${pid}/ns/net`);

/** Its loopback is up. */
export const aNetworkSpace = async (log: string): Promise<NetworkSpace> => {
  const space = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' });
  const inside = ['--target', String(space.pid), '--net'];
  await until('no network namespace was made', () => spaceOf(space.pid) !== spaceOf('self'), log);
  execFileSync('nsenter', [...inside, 'ip', 'link', 'set', 'lo', 'up']);
  return { inside, end: () => void space.kill('SIGKILL') };
};

/** With what is still mounted in it. */
export const removeFolder = (dir: string): void => {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((path) => path.startsWith(`${dir}/`)).reverse()) {
    execFileSync('umount', ['--lazy', mount], { stdio: 'ignore' });
  }
  rmSync(dir, { recursive: true, force: true });
};

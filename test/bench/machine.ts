/** Where it was measured. */
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { must } from './programs.ts';

export type Machine = Readonly<Record<string, string>>;

const distribution = (): string =>
  /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';

export const loadNow = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');

/** Whether more wanted to run than there are cores: then everything that is compared waits for others, most of all for gates. */
export const isBusy = (load: string): boolean => Number(load.split(' ')[0]) > cpus().length;

/** @param loadBefore of the measurements, as `loadNow()` gives it */
export const machine = async (loadBefore: string): Promise<Machine> => ({
  date: new Date().toISOString(),
  processor: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${arch()}`,
  memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
  system: `${distribution()}, ${type()} ${release()}`,
  engine: (await must('docker', ['version', '--format', '{{.Server.Version}}'])).stdout.trim(),
  compose: (await must('docker', ['compose', 'version', '--short'])).stdout.trim(),
  node: process.version,
  'load average before and after': `${loadBefore}, ${loadNow()}`,
  busy: isBusy(loadBefore)
    ? 'yes: other work wanted more than all cores, the numbers are those of a busy machine'
    : 'no',
});

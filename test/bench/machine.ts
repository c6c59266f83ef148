/** Where it was measured. */
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { must } from './programs.ts';

export type Machine = Readonly<Record<string, string>>;

const distribution = (): string =>
  /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';

export const machine = async (): Promise<Machine> => ({
  date: new Date().toISOString(),
  processor: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${arch()}`,
  memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
  system: `${distribution()}, ${type()} ${release()}`,
  engine: (await must('docker', ['version', '--format', '{{.Server.Version}}'])).stdout.trim(),
  compose: (await must('docker', ['compose', 'version', '--short'])).stdout.trim(),
  node: process.version,
  'load average at the end': loadavg()
    .map((load) => load.toFixed(1))
    .join(' '),
});

/**
 * Podman of a test's own: its images, containers and networks in a folder that goes away, its bridges and packet filters
 * in a network namespace that Docker's do not meet.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { have } from '../../helpers/available.ts';
import { aNetworkSpace, removeFolder, until } from './private-space.ts';

const execute = promisify(execFile);

/** Debian's packages: the program, its networks, names in them, and the init of containers. */
const PROGRAMS = {
  podman: 'podman',
  netavark: '/usr/lib/podman/netavark',
  'aardvark-dns': '/usr/lib/podman/aardvark-dns',
  catatonit: '/usr/libexec/podman/catatonit',
} as const;

/** Undefined when it can be run here; else why not. */
export const whyNoPodman = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'Podman for all users needs root';
  const missing = Object.entries(PROGRAMS).filter(([, at]) => (at.startsWith('/') ? !existsSync(at) : !have(at)));
  return missing.length === 0
    ? undefined
    : `Debian's ${missing.map(([name]) => name).join(', ')} is not here; .ci/install-podman installs it`;
};

export interface PrivatePodman {
  /** For `DOCKER_HOST`. */
  readonly socket: string;
  /** Words before a command line that is to run where its published ports are. */
  readonly enter: readonly string[];
  /** Of the machine's Docker Engine. Podman has them under `localhost/…` then. */
  load(images: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

const hardLimit = (what: string): string =>
  new RegExp(`^Max ${what} +\\S+ +(\\S+)`, 'm').exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? '1024';

/** It asks for more open files and processes than a container of its own may be given. */
const settings = (): string => {
  const files = hardLimit('open files');
  const processes = Math.min(Number(hardLimit('processes')) || 16_384, 16_384);
  return `[containers]\ndefault_ulimits = ["nofile=${files}:${files}", "nproc=${processes}:${processes}"]\n`;
};

export const aPrivatePodman = async (): Promise<PrivatePodman> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-podman-'));
  const log = join(dir, 'log');
  const conf = join(dir, 'containers.conf');
  const socketPath = join(dir, 'podman.sock');
  const socket = `unix://${socketPath}`;
  writeFileSync(conf, settings());
  const output = openSync(log, 'a');
  const { inside, end } = await aNetworkSpace(log);
  const run = (...words: readonly string[]): void =>
    void execFileSync('nsenter', [...inside, ...words], { stdio: ['ignore', output, output], env });
  const env = { ...process.env, CONTAINERS_CONF: conf };
  const podman = [
    'podman',
    ...['--root', join(dir, 'data'), '--runroot', join(dir, 'run'), '--tmpdir', join(dir, 'tmp')],
    ...['--network-backend', 'netavark', '--network-config-dir', join(dir, 'networks')],
  ];
  const service = spawn('nsenter', [...inside, ...podman, 'system', 'service', '--time=0', socket], {
    stdio: ['ignore', output, output],
    env,
  });
  const answers = async (): Promise<boolean> => {
    try {
      await execute('docker', ['--host', socket, 'version']);
      return true;
    } catch {
      return false;
    }
  };
  await until('Podman does not answer', answers, log);
  return {
    socket,
    enter: ['nsenter', ...inside],
    load: async (images) => {
      const archive = join(dir, 'images.tar');
      await execute('docker', ['save', '--output', archive, ...images]);
      run(...podman, 'load', '--quiet', '--input', archive);
      rmSync(archive);
    },
    remove: async () => {
      run(...podman, 'rm', '--all', '--force', '--time', '0');
      run(...podman, 'network', 'prune', '--force');
      service.kill('SIGTERM');
      end();
      removeFolder(dir);
    },
  };
};

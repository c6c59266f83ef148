/**
 * A Docker Engine of a test's own, beside the one of the machine: in a network namespace of its own, so that neither
 * bridges nor packet filters of the two meet. It may be stopped and started as a test likes.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { have } from '../../helpers/available.ts';
import { aNetworkSpace, removeFolder, until } from './private-space.ts';
import { hostOf } from './reach-engine.ts';

const execute = promisify(execFile);

/** What CI installs (.ci/docker-engine): the engine of Debian's next release, and that of this one. */
export const NEWER = `${process.env.CHATOPS_CI_DOCKER ?? '/opt/chatops-ci/docker'}/bin/dockerd`;
export const OLDER = '/usr/sbin/dockerd';

/** `20.10.24+dfsg1`. */
export const versionOf = (dockerd: string): string =>
  /version ([\w.+-]+)/.exec(execFileSync(dockerd, ['--version'], { encoding: 'utf8' }))?.[1] ?? '';

/** Undefined when it can be run here; else why not. */
export const whyNoPrivateEngine = (dockerd: string): string | undefined => {
  if (!existsSync(dockerd)) return `there is no ${dockerd}; .ci/docker-engine installs it`;
  if (process.getuid?.() !== 0) return 'a second engine needs root';
  const tools = ['unshare', 'nsenter', 'ip'].filter((tool) => !have(tool, ['-V']));
  return tools.length === 0 ? undefined : `no ${tools.join(', ')}`;
};

export interface PrivateEngine {
  readonly version: string;
  /** For `DOCKER_HOST`: its socket, or a port where the suites reach engines over TCP. */
  readonly host: string;
  /** The same, its socket in any case. */
  readonly socket: string;
  /**
   * Words before a command line that is to run in the network of this engine, where its published ports are.
   * @param usual whether the engine's socket is at Docker's usual place there; else no engine is
   */
  enter(usual: boolean): readonly string[];
  load(images: readonly string[]): Promise<void>;
  /** Ends the daemon, and with it every container, then starts it again. Resolves when it answers. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** In a mount namespace of its own, which /run of the machine does not change with. */
const WITHOUT = 'mount -t tmpfs none /run && exec "$@"';
const WITH_SOCKET = `mount -t tmpfs none /run && ln -s "$0" /run/docker.sock && exec "$@"`;

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
  });

/** @param dockerd path of the program; containerd and runc are taken from beside it, or else from PATH */
export const aPrivateEngine = async (dockerd: string): Promise<PrivateEngine> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-engine-'));
  const log = join(dir, 'log');
  writeFileSync(log, '');
  const socketPath = join(dir, 'docker.sock');
  const socket = `unix://${socketPath}`;
  const { inside, end } = await aNetworkSpace(log);

  const versionNow = async (): Promise<string | undefined> => {
    try {
      const { stdout } = await execute('docker', ['--host', socket, 'version', '--format', '{{.Server.Version}}']);
      return stdout.trim();
    } catch {
      return undefined;
    }
  };

  const launch = async (): Promise<ChildProcess> => {
    const output = openSync(log, 'a');
    const child = spawn(
      'nsenter',
      [
        ...inside,
        dockerd,
        ...['--data-root', join(dir, 'data'), '--exec-root', join(dir, 'exec')],
        ...['--pidfile', join(dir, 'pid'), '--host', socket],
      ],
      {
        stdio: ['ignore', output, output],
        env: { ...process.env, PATH: `${dirname(dockerd)}:/usr/bin:${process.env.PATH}` },
      },
    );
    await until('the private engine does not answer', async () => (await versionNow()) !== undefined, log);
    return child;
  };

  let daemon = await launch();
  const version = (await versionNow()) ?? '';

  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await exited(daemon);
  };

  return {
    version,
    host: await hostOf(socketPath),
    socket,
    enter: (usual) => [
      'nsenter',
      ...inside,
      'unshare',
      '--mount',
      'sh',
      '-c',
      usual ? WITH_SOCKET : WITHOUT,
      socketPath,
    ],
    load: async (images) => {
      const archive = join(dir, 'images.tar');
      await execute('docker', ['save', '--output', archive, ...images]);
      await execute('docker', ['--host', socket, 'load', '--quiet', '--input', archive]);
      rmSync(archive);
    },
    restart: async () => {
      await stop();
      daemon = await launch();
    },
    remove: async () => {
      await stop();
      end();
      removeFolder(dir);
    },
  };
};

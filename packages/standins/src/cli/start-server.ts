/** One stand-in from its start to its end. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSimulatedTime } from '../kit/simulated-time.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { accepts, claimPort, placeFor } from './ports.ts';
import type { Wanted } from './read-arguments.ts';

/** Between two looks whether it listens; real. */
const LOOK_MS = 20;

/** A file that is not there is the server's to judge; one that cannot be read is an error. */
const readOrMissing = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
};

export const urlOf = (host: string, port: number): string => {
  const place = placeFor(host);
  return `http://${place.includes(':') ? `[${place}]` : place}:${port}`;
};

const contextOf = ({ kind, host, env, command, speed, names }: Wanted, dir: string, port: number): ServerContext => ({
  service: kind.name,
  role: kind.name,
  dir,
  host,
  ports: { [kind.port]: port },
  env: { ...kind.defaults?.(urlOf(host, port)), ...env },
  command,
  time: createSimulatedTime(speed),
  // Any other name is looked up as every program of this machine does.
  lookup: (name, at) => {
    const named = names[`${name}:${at}`];
    return named === undefined ? { host: name, port: at } : { host: '127.0.0.1', port: named };
  },
  file: async (path) => readOrMissing(join(dir, path)),
});

export interface Started {
  readonly dir: string;
  /** Undefined: it runs and listens nowhere, or it was asked to end before it listened. */
  readonly port: number | undefined;
  /** Resolves with a reason when it ends by itself. */
  readonly crashed: Promise<string>;
  /** Ends the server; a directory that was made for it is removed. */
  end(): Promise<void>;
}

/** Looks until it listens, is asked to end, or ends by itself. @throws when it ended, or never will listen */
const awaitPort = async (server: RunningServer, wanted: Wanted, port: number, asked: AbortSignal): Promise<boolean> => {
  const { host, kind } = wanted;
  const ended = server.crashed.then((reason): never => {
    throw new Error(reason);
  });
  // It may also end long after it was last looked at, which is for `crashed` to say.
  ended.catch(() => undefined);
  while (!asked.aborted) {
    if (await Promise.race([accepts(host, port), ended])) return true;
    if (kind.listens === 'maybe') return false;
    if (kind.listens === 'at-start') throw new Error(`its configuration has it listen on no port ${kind.port}`);
    await Promise.race([pause(LOOK_MS), ended]);
  }
  return false;
};

/** Resolves when it listens. @throws when its port is taken, it cannot start, or it ends before it listens */
export const startServer = async (wanted: Wanted, asked: AbortSignal): Promise<Started> => {
  const dir =
    wanted.dir === undefined ? mkdtempSync(join(tmpdir(), `standin-${wanted.kind.name}-`)) : resolve(wanted.dir);
  const removeDir = () => wanted.dir === undefined && rmSync(dir, { recursive: true, force: true });
  let server: RunningServer | undefined;
  try {
    mkdirSync(dir, { recursive: true });
    // Some listen only after their boot: what answers until then must not be taken for the stand-in.
    const port = await claimPort(wanted.host, wanted.port);
    const running = (await wanted.kind.load())(contextOf(wanted, dir, port));
    server = running;
    for (const rule of wanted.faults) running.faults?.add(rule);
    await running.start();
    const isOpen = await awaitPort(running, wanted, port, asked);
    const end = async (): Promise<void> => {
      await running.stop();
      removeDir();
    };
    return { dir, port: isOpen ? port : undefined, crashed: running.crashed, end };
  } catch (thrown) {
    await server?.stop();
    removeDir();
    throw thrown;
  }
};

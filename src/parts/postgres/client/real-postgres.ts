/** A real PostgreSQL as the service: its data and log in the service's directory; ends with us, however we end. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer, ServerContext } from '@chatops-up/standins';
import { createChildServer } from '../../../adapters/child-server.ts';
import { keeper } from '../../../adapters/keeper.ts';
import { lastLines } from '../../../adapters/last-lines.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { DATA, makeData } from './data-folder.ts';
import { asSomebodyElse } from './not-as-root.ts';

const PORT = 5432;
const LOG_LINES_SHOWN = 5;
/** "Fast shutdown": open sessions are ended (PostgreSQL manual, "Shutting Down the Server"). */
const FAST = 'INT';

/** Between asking it to end and ending it without its consent, ms; what it had not in its files it replays then. */
const GRACE_MS = 10_000;

const endByPidFile = (data: string): void => {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    // 0 would be all of us.
    if (pid > 1) process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended, and taken its file with it.
  }
};

const portOf = ({ ports, service }: ServerContext): number => {
  const port = ports[PORT] ?? Object.values(ports)[0];
  if (port !== undefined) return port;
  throw new ChatopsError('INTERNAL', { what: `${service} was given no port` });
};

/**
 * @param bin absolute path of the folder of `postgres` and `initdb`
 * @param env of this process
 * `start` throws ChatopsError SERVICE_FAILED when its data cannot be made
 */
export const createRealPostgres = (
  bin: string,
  context: ServerContext,
  env: Readonly<Record<string, string | undefined>>,
): RunningServer => {
  const log = join(context.dir, 'postgres.log');
  return createChildServer({
    service: context.service,
    title: 'PostgreSQL',
    graceMs: GRACE_MS,
    prepare: async () => {
      mkdirSync(context.dir, { recursive: true });
      const { POSTGRES_USER: user = 'postgres', POSTGRES_PASSWORD: password = '' } = context.env;
      const before = asSomebodyElse(env);
      const wanted = { user, password, database: context.env.POSTGRES_DB ?? user };
      const data = await makeData(bin, before, context.dir, wanted);
      const words = [
        ...before,
        join(bin, 'postgres'),
        ...['-D', data, '-p', String(portOf(context)), '-c', `listen_addresses=${context.host ?? '127.0.0.1'}`],
        // A path of a socket holds 107 bytes (unix(7)), which a stack directory may exceed.
        ...['-c', 'unix_socket_directories='],
      ];
      return () => {
        const output = openSync(log, 'a', 0o600);
        const started = spawn('/bin/sh', ['-c', keeper(FAST), 'sh', ...words], { stdio: ['pipe', output, output] });
        closeSync(output);
        started.stdin?.on('error', () => undefined);
        return started;
      };
    },
    whyEnded: (code, signal) =>
      `postgres ended (${signal ?? `status ${code}`})\n${lastLines(log, LOG_LINES_SHOWN)}`.trimEnd(),
    ask: (child) => child.stdin?.end(),
    force: () => endByPidFile(join(context.dir, DATA)),
  });
};

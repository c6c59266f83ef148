/** A real mongod as the mongo service: one child process, its data and log in the service's directory, no shell. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer, ServerContext } from '@chatops-up/standins';
import { readCommandLine } from '@chatops-up/standins/mongod';
import { createChildServer } from '../../../adapters/child-server.ts';
import { lastLines } from '../../../adapters/last-lines.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';

/** Real ms between asking it to end and ending it. */
const GRACE_MS = 10_000;
const LOG_LINES_SHOWN = 5;

/** Options of the container that mean its own network and file system; with a value unless said. */
const REPLACED = new Map([
  ['--bind_ip_all', false],
  ['--bind_ip', true],
  ['--port', true],
  ['--dbpath', true],
  ['--fork', false],
]);

/** The container's arguments without those that this machine answers differently. */
export const keptArguments = (words: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let at = words[0] === 'mongod' ? 1 : 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const takesValue = REPLACED.get(word.split('=')[0] ?? '');
    if (takesValue === undefined) kept.push(word);
    else if (takesValue && !word.includes('=')) at += 1;
  }
  return kept;
};

const refuseCredentials = ({ service, env }: ServerContext): void => {
  if (env.MONGO_INITDB_ROOT_USERNAME === undefined) return;
  throw new ChatopsError('SERVICE_FAILED', {
    what: `${service} cannot be played by a real mongod`,
    why: "the root user is made by the image's entrypoint, which does not run here",
    next: 'set CHATOPS_MONGOD to nothing to use the stand-in',
  });
};

/**
 * @param path absolute path of the program
 * `start` throws ChatopsError SERVICE_FAILED when it cannot be run, or when the image would make a root user
 */
export const createRealMongod = (path: string, context: ServerContext): RunningServer => {
  const log = join(context.dir, 'mongod.log');

  const argumentsOf = (): string[] => {
    const { port } = readCommandLine(context.command);
    const listenPort = context.ports[port] ?? Object.values(context.ports)[0] ?? port;
    const dbpath = join(context.dir, 'db');
    mkdirSync(dbpath, { recursive: true });
    return [
      ...keptArguments(context.command),
      ...['--dbpath', dbpath, '--port', String(listenPort), '--bind_ip', '127.0.0.1', '--nounixsocket'],
    ];
  };

  return createChildServer({
    service: context.service,
    title: 'mongod',
    graceMs: GRACE_MS,
    prepare: async () => {
      refuseCredentials(context);
      const words = argumentsOf();
      return () => {
        const output = openSync(log, 'a', 0o600);
        const started = spawn(path, words, { stdio: ['ignore', output, output], shell: false });
        closeSync(output);
        return started;
      };
    },
    runs: (child) =>
      new Promise((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (cause) =>
          reject(new ChatopsError('SERVICE_FAILED', { what: `${path} cannot be run`, why: cause.message, cause })),
        );
      }),
    whyEnded: (code, signal) =>
      `mongod ended (${signal ?? `status ${code}`})\n${lastLines(log, LOG_LINES_SHOWN)}`.trimEnd(),
    ask: (child) => child.kill('SIGTERM'),
    force: (child) => child.kill('SIGKILL'),
  });
};

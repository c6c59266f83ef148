/** The data folder as the image's entrypoint makes it: a user with a password who owns a database of that name. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { giveAway } from './not-as-root.ts';

/** What the image reads: docker-library/postgres, README. */
export interface InitialDatabase {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Its name in the service's directory. */
export const DATA = 'db';

/** Made by `initdb` itself. */
const ALREADY_THERE = ['postgres', 'template0', 'template1'];

/** @throws ChatopsError SERVICE_FAILED with its last line */
const run = async (words: readonly string[], input: string): Promise<void> => {
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'], shell: false });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output = `${output}${bytes.toString('utf8')}`.slice(-4_096);
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status] = (await once(child, 'close').catch((cause: Error) => [cause.message])) as [number | string | null];
  if (status === 0) return;
  throw new ChatopsError('SERVICE_FAILED', {
    what: 'the data of PostgreSQL could not be made',
    why: output.trim().split('\n').at(-1) || `${program} ended with ${status}`,
  });
};

/** Quoted as an identifier: SQL doubles what ends it. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Makes the folder unless it is there. It gets its name when it is whole: what was interrupted is begun anew.
 * @param bin folder of the programs
 * @param before words that stand before those of a program
 * @throws ChatopsError SERVICE_FAILED
 */
export const makeData = async (
  bin: string,
  before: readonly string[],
  dir: string,
  wanted: InitialDatabase,
): Promise<string> => {
  const data = join(dir, DATA);
  if (existsSync(data)) return data;
  const unfinished = `${data}.unfinished`;
  const passwordFile = join(dir, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  giveAway(unfinished);
  writeFileSync(passwordFile, `${wanted.password}\n`, { mode: 0o600 });
  try {
    await run(
      [
        ...before,
        join(bin, 'initdb'),
        ...['--pgdata', unfinished, '--username', wanted.user, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-locale'],
        // A thousand files; what a power cut takes of a server that is played is made anew.
        '--no-sync',
      ],
      '',
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  if (!ALREADY_THERE.includes(wanted.database)) {
    const create = `CREATE DATABASE ${quoted(wanted.database)} OWNER ${quoted(wanted.user)}\n`;
    await run([...before, join(bin, 'postgres'), '--single', '-D', unfinished, 'postgres'], create);
  }
  renameSync(unfinished, data);
  return data;
};

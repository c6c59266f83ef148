/** PostgreSQL over `pg`. Meaning is read from SQLSTATEs here and nowhere else. */
import { Socket } from 'node:net';
import pg from 'pg';
import { codeOf, timedOut, unreachable } from '../../../adapters/network-errors.ts';
import { LOOPBACK } from '../../../values/bind-address.ts';
import { isLocalName } from '../../../values/local-name.ts';
import type { PostgresLogin, PostgresPort, PostgresSession, ServerAddress } from '../postgres.ts';
import { DEFAULT_TIMEOUT_MS, greet } from './greet.ts';
import { describeServerError } from './postgres-words.ts';

type Ask = (text: string, values?: readonly string[]) => Promise<pg.QueryResult>;

const sessionOver = (ask: Ask): PostgresSession => ({
  inRecovery: async () => (await ask('SELECT pg_is_in_recovery() AS recovering')).rows[0]?.recovering === true,
  writeAndRead: async (word) => {
    await ask('BEGIN');
    await ask('CREATE TEMPORARY TABLE chatops_proof (word text) ON COMMIT DROP');
    await ask('INSERT INTO chatops_proof (word) VALUES ($1)', [word]);
    const { rows } = await ask('SELECT word FROM chatops_proof');
    await ask('ROLLBACK');
    const [row] = rows;
    return typeof row?.word === 'string' ? row.word : undefined;
  },
});

/** `pg` resolves names by the system alone, and takes a socket of ours, which is how a visit is ended. */
const clientFor = ({ host, port }: ServerAddress, login: PostgresLogin, timeoutMs: number, socket: Socket): pg.Client =>
  new pg.Client({
    host: isLocalName(host) ? LOOPBACK : host,
    port,
    user: login.username,
    // Never undefined: it would look for one in the environment and in files.
    password: login.password.reveal(),
    database: login.database,
    application_name: 'chatops-up',
    ssl: false,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    stream: () => socket,
  });

/** Rejects when aborted. */
const whenAborted = (signal: AbortSignal | undefined): { promise: Promise<never>; stop(): void } => {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    stop = () => signal?.removeEventListener('abort', abort);
  });
  promise.catch(() => undefined);
  return { promise, stop };
};

export const createPostgres = (): PostgresPort => ({
  greet,
  visit: async (at, login, use, { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = {}) => {
    signal?.throwIfAborted();
    const where = `${at.host}:${at.port}`;
    const socket = new Socket();
    const client = clientFor(at, login, timeoutMs, socket);
    // What ends the connection fails the question that is asked; without one there is nobody to report it to.
    client.on('error', () => undefined);
    const aborted = whenAborted(signal);

    const explain = async (what: string, thrown: unknown): Promise<Error> => {
      signal?.throwIfAborted();
      if (thrown instanceof pg.DatabaseError) {
        return describeServerError(`${what} was refused`, thrown.code ?? '', thrown.message, thrown);
      }
      if (codeOf(thrown) !== undefined) return unreachable(`${what} failed`, thrown);
      // Another kind of server is recognised by what it says first.
      await greet(at, { timeoutMs, ...(signal ? { signal } : {}) });
      return timedOut(`${what} was not answered`, timeoutMs);
    };
    const step = async <T>(what: string, work: Promise<T>): Promise<T> => {
      // Nobody waits for it any more after an abort.
      work.catch(() => undefined);
      try {
        return await Promise.race([work, aborted.promise]);
      } catch (thrown) {
        throw await explain(what, thrown);
      }
    };

    try {
      await step(`login as ${login.username} at ${where}`, client.connect());
      const ask: Ask = (text, values = []) =>
        step(`${text.split(' ')[0]} at ${where}`, client.query(text, [...values]));
      const result = await use(sessionOver(ask));
      await step(`leaving ${where}`, client.end());
      return result;
    } finally {
      aborted.stop();
      socket.destroy();
    }
  },
});

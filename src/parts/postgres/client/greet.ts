/** Knocks at a server and reads its first answer; one socket, closed before it settles. */
import { connect } from 'node:net';
import { lookupWithLoopback } from '../../../adapters/lookup.ts';
import { timedOut, unreachable } from '../../../adapters/network-errors.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Greeting, PostgresPort } from '../postgres.ts';
import { readGreeting, startupMessage } from './messages.ts';

export const DEFAULT_TIMEOUT_MS = 2_000;
const NOBODY = 'chatops_probe';

export const greet: PostgresPort['greet'] = ({ host, port }, { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = {}) =>
  new Promise<Greeting>((resolve, reject) => {
    signal?.throwIfAborted();
    const what = `${host}:${port} gave no greeting`;
    const socket = connect({ host, port, lookup: lookupWithLoopback });
    let seen: Buffer = Buffer.alloc(0);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.removeAllListeners().on('error', () => undefined);
      socket.destroy();
      settle();
    };
    const fail = (error: unknown): void => end(() => reject(error));
    const abort = (): void => fail(signal?.reason);
    const timer = setTimeout(() => fail(timedOut(what, timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => socket.write(startupMessage(NOBODY)));
    socket.once('error', (error) => fail(unreachable(what, error)));
    socket.once('close', () => fail(new ChatopsError('UNREACHABLE', { what, why: 'connection closed' })));
    socket.on('data', (bytes: Buffer) => {
      seen = Buffer.concat([seen, bytes]);
      const found = readGreeting(seen);
      if (found === undefined) return;
      if (found !== 'foreign') return end(() => resolve(found));
      fail(
        new ChatopsError('UNEXPECTED_ANSWER', {
          what: `${host}:${port} is no PostgreSQL server`,
          why: 'its first answer is none of the protocol',
        }),
      );
    });
  });

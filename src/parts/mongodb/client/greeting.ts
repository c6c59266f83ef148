/** Which protocol a server speaks that did not answer like MongoDB: known by the first bytes it sends back. */
import { connect } from 'node:net';
import { lookupWithLoopback } from '../../../adapters/lookup.ts';
import type { NodeAddress } from '../mongo.ts';

const LISTEN_MS = 500;

/** OP_MSG `{hello: 1, $db: "admin"}` (MongoDB manual, "MongoDB Wire Protocol"): real servers of other kinds refuse it in words. */
const HELLO = Buffer.concat([
  Buffer.from([52, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 0x07, 0, 0, 0, 0, 0, 0, 0]),
  Buffer.from([31, 0, 0, 0]),
  Buffer.from('\x10hello\0\x01\0\0\0', 'latin1'),
  Buffer.from('\x02$db\0\x06\0\0\0admin\0', 'latin1'),
  Buffer.from([0]),
]);

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/\d/, 'an HTTP server'],
  [/^SSH-/, 'an SSH server'],
  [/^\x15\x03|^\x16\x03/, 'a TLS server'],
];

/** @returns `an HTTP server` and the like, or undefined when the bytes say nothing. Never rejects. */
export const recogniseGreeting = ({ host, port }: NodeAddress, signal?: AbortSignal): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, lookup: lookupWithLoopback });
    const end = (name?: string) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(name);
    };
    const giveUp = () => end();
    const timer = setTimeout(giveUp, LISTEN_MS);
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) return end();
    socket.on('error', giveUp);
    socket.on('close', giveUp);
    socket.once('connect', () => socket.write(HELLO));
    socket.once('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1');
      end(NAMES.find(([pattern]) => pattern.test(text))?.[1]);
    });
  });

import type { Socket } from 'node:net';
import type { ChatopsError } from '../errors/chatops-error.ts';
import { timedOut } from './network-errors.ts';

export interface SettleOptions<S, T> {
  /** What was tried, for errors: `no TCP connection to chat:3000`. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** The error of the socket in our words. */
  readonly refused: (what: string, thrown: unknown) => ChatopsError;
  /** Read when the socket has got there, before it is closed. */
  readonly read: (socket: S) => T;
}

/** Waits until the socket emits `event`; destroys it in any case. @throws the signal's reason when aborted */
export const settleSocket = <S extends Socket, T>(
  open: () => S,
  event: 'connect' | 'secureConnect',
  { what, timeoutMs, signal, refused, read }: SettleOptions<S, T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const socket = open();
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      settle();
    };
    const abort = () => end(() => reject(signal?.reason));
    const timer = setTimeout(() => end(() => reject(timedOut(what, timeoutMs))), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    socket.on('error', (thrown) => end(() => reject(refused(what, thrown))));
    socket.once(event, () => {
      const seen = read(socket);
      end(() => resolve(seen));
    });
  });

import { connect, type LookupFunction } from 'node:net';
import type { Tcp } from '../contracts/tcp.ts';
import { lookupWithLoopback } from './lookup.ts';
import { unreachable } from './network-errors.ts';
import { settleSocket } from './settle-socket.ts';

const DEFAULT_TIMEOUT_MS = 2_000;

/** @param lookup how names become addresses; default: `.localhost` is the loopback. */
export const createTcp = (lookup: LookupFunction = lookupWithLoopback): Tcp => ({
  touch: ({ host, port, timeoutMs = DEFAULT_TIMEOUT_MS, signal }) =>
    settleSocket(() => connect({ host, port, lookup }), 'connect', {
      what: `no TCP connection to ${host}:${port}`,
      timeoutMs,
      signal,
      refused: unreachable,
      read: () => undefined,
    }),
});

import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Failure, Reach, Reached } from '../contracts/reach.ts';
import { codeOf, whyUnreachable } from './network-errors.ts';

const DEFAULT_TIMEOUT_MS = 2_000;

const FAILURES: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
};

const late = (timeoutMs: number): string => `no answer within ${timeoutMs} ms`;

const within = <T>(work: Promise<T>, timeoutMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(late(timeoutMs)), { code: 'LATE' })), timeoutMs);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
};

const whyOf = (thrown: unknown, timeoutMs: number): string =>
  codeOf(thrown) === 'LATE' ? late(timeoutMs) : whyUnreachable(thrown);

/** One connection; to an address, so that what fails here is not the name. */
const knock = (address: string, port: number, timeoutMs: number): Promise<Reached> =>
  new Promise((resolve) => {
    const began = performance.now();
    const socket = connect({ host: address, port });
    const end = (reached: Reached): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reached);
    };
    const timer = setTimeout(
      () => end({ kind: 'not-reached', address, how: 'timed-out', why: late(timeoutMs) }),
      timeoutMs,
    );
    socket.once('connect', () => end({ kind: 'reached', address, ms: performance.now() - began }));
    socket.once('error', (thrown) =>
      end({
        kind: 'not-reached',
        address,
        how: FAILURES[codeOf(thrown) ?? ''] ?? 'failed',
        why: whyUnreachable(thrown),
      }),
    );
  });

/** By the resolver of the machine, or of the container, that this runs in. */
export const reach: Reach = async ({ service, port }, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) => {
  try {
    const { address } = await within(lookup(service), timeoutMs);
    return await knock(address, port, timeoutMs);
  } catch (thrown) {
    return { kind: 'no-name', why: whyOf(thrown, timeoutMs) };
  }
};

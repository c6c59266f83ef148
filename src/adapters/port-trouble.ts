import { createServer } from 'node:net';
import { EVERYWHERE, isEverywhere } from '../values/bind-address.ts';

/**
 * @param at address of this machine. Default: every one, IPv6 among them, as an engine publishes it
 * @returns the error code that keeps a port of this machine from being opened; undefined when it is free
 */
export const portTrouble = (port: number, at = EVERYWHERE): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen({ port, ...(isEverywhere(at) ? {} : { host: at }) }, () => server.close(() => resolve(undefined)));
  });

import { createServer } from 'node:net';

/**
 * @param at address of this machine. Default: every one, as an engine publishes it
 * @returns the error code that keeps a port of this machine from being opened; undefined when it is free
 */
export const portTrouble = (port: number, at?: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen({ port, ...(at === undefined ? {} : { host: at }) }, () => server.close(() => resolve(undefined)));
  });

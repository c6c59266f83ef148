import { createServer } from 'node:net';

/** Resolves to the error code that keeps a port of this machine from being opened, or undefined when it is free. */
export const portTrouble = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    // On every address, as the engine publishes it.
    server.listen(port, () => server.close(() => resolve(undefined)));
  });

import { createServer } from 'node:net';

/** Below the ephemeral ranges and beside those the embedded engine takes: no outgoing connection gets it meanwhile. */
const FIRST_PORT = 10_000;
/** Of each test process: between two runs of a stack nobody listens on its ports, and no other stack may take them. */
const PORTS = 1_000;
const PROCESSES = 9;
const firstOfOurs = FIRST_PORT + (Number(process.env.VITEST_POOL_ID ?? 1) % PROCESSES) * PORTS;
const given = new Set<number>();

/** A port nobody listens on at the moment, and that was not given before. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const port = firstOfOurs + Math.floor(Math.random() * PORTS);
    if (given.has(port)) return resolve(freePort());
    given.add(port);
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });

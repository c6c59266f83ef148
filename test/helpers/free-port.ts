import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isBlockedPort } from '../../src/values/blocked-ports.ts';

/** Below the ephemeral ranges and beside those the embedded engine takes: no outgoing connection gets it meanwhile. */
const FIRST_PORT = 10_000;
const PORTS = 9_000;
/**
 * Between two runs of a stack nobody listens on its ports, and no other stack may take them, of another run of the tests
 * neither. Not below TMPDIR, which each run of the tests has of its own.
 */
const GIVEN = '/tmp/chatops-test-ports';
mkdirSync(GIVEN, { recursive: true });

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const mine = new Set<string>();
process.once('exit', () => {
  for (const file of mine) rmSync(file, { force: true });
});

/** A file a port with the process that has it; one whose process has ended is nobody's. */
const take = (port: number): boolean => {
  const file = join(GIVEN, String(port));
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    mine.add(file);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  }
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Empty while it is being written.
    if (pid > 1 && !runs(pid)) rmSync(file, { force: true });
  } catch {
    // Another one has just removed it.
  }
  return false;
};

/** A port nobody listens on at the moment, that `fetch` connects to, and that no process of tests has been given. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (isBlockedPort(port) || !take(port)) return resolve(freePort());
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });

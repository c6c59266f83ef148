/**
 * What is done at the end of a test, whatever asked for it. A helper that registers a hook of its own is heard in one file
 * only where files share their modules: the runner reads it once. `test/helpers/setup.ts` is read for every file.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Cleanup = () => Promise<unknown> | unknown;

interface Client {
  close(): Promise<unknown>;
}

const clients: Client[] = [];
const cleanups: Cleanup[] = [];

/** Closed when the test ends, before anything else is done: while its servers still run, whichever were started again. */
export const closedAtEnd = <T extends Client>(client: T): T => {
  clients.push(client);
  return client;
};

/** Done when the test ends, the newest first; what is asked for before all tests, when the first of them ends. */
export const atEnd = (cleanup: Cleanup): void => void cleanups.push(cleanup);

export const cleanUp = async (): Promise<void> => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup();
};

/** @returns path of an empty directory that is gone when the test has ended */
export const tempDir = (name: string): string => {
  const dir = mkdtempSync(join(tmpdir(), `chatops-${name}-`));
  atEnd(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

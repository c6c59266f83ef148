/** Which loopback port plays which port of which service: chosen once, kept on disk, so that names in state stay true. */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { ServiceNode } from '../stack/stack.ts';

/** Below the ephemeral ranges of Linux (32768) and macOS (49152), so that no outgoing connection takes one. */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;

/** `service:port` → loopback port. */
export type Places = Readonly<Record<string, number>>;

export const placeKey = (service: string, port: number): string => `${service}:${port}`;

/** Resolves to the error code that keeps the port from being opened, or undefined when it is free. */
export const portTrouble = (port: number, host = '127.0.0.1'): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });

const freePort = async (taken: ReadonlySet<number>): Promise<number> => {
  const span = LAST_PORT - FIRST_PORT;
  const start = FIRST_PORT + Math.floor(Math.random() * span);
  for (let offset = 0; offset <= span; offset += 1) {
    const port = FIRST_PORT + ((start - FIRST_PORT + offset) % (span + 1));
    if (!taken.has(port) && (await portTrouble(port)) === undefined) return port;
  }
  throw new ChatopsError('PORT_TAKEN', { what: `no free port between ${FIRST_PORT} and ${LAST_PORT}` });
};

export const readPlaces = (path: string): Places => {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Places;
  } catch (cause) {
    throw new ChatopsError('STATE_DAMAGED', {
      what: `${path} is not JSON`,
      next: 'run `chatops-up down --volumes` to start afresh, or bring the file back from a copy',
      cause,
    });
  }
};

/** Published ports stand as chatops.yaml has them; the others keep what they had, or get a free one. */
export const assignPlaces = async (services: readonly ServiceNode[], known: Places): Promise<Places> => {
  const places: Record<string, number> = { ...known };
  const taken = new Set(Object.values(known));
  for (const { name, container } of services) {
    for (const port of container.listens) {
      const key = placeKey(name, port);
      const published = container.publishes[port];
      places[key] = published ?? places[key] ?? (await freePort(taken));
      taken.add(places[key]);
    }
  }
  return places;
};

export const writePlaces = (path: string, places: Places): void => {
  writeFileSync(`${path}.new`, `${JSON.stringify(places, null, 2)}\n`);
  renameSync(`${path}.new`, path);
};

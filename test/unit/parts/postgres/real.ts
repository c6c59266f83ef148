/** A real PostgreSQL of this machine, played as the embedded engine plays it; none where there is none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatedTime, type RunningServer, type ServerContext } from '@chatops-up/standins';
import { findPostgres } from '../../../../src/parts/postgres/client/find-postgres.ts';
import { createPostgres } from '../../../../src/parts/postgres/client/postgres.ts';
import { createRealPostgres } from '../../../../src/parts/postgres/client/real-postgres.ts';
import type { PostgresLogin } from '../../../../src/parts/postgres/postgres.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { freePort } from '../../../helpers/free-port.ts';

export const POSTGRES_BIN = findPostgres(process.env);

export const PASSWORD = "it's-a-long-password";

export const loginWith = (
  given: Partial<Record<'username' | 'password' | 'database', string>> = {},
): PostgresLogin => ({
  username: given.username ?? 'wiki',
  password: new Secret(given.password ?? PASSWORD),
  database: given.database ?? 'pages',
});

export interface RealPostgres {
  readonly dir: string;
  readonly port: number;
  readonly server: RunningServer;
  readonly end: () => Promise<void>;
}

/** Asks until it takes logins, as a gate does. @throws Error with its last answer after 20 s */
export const untilItTakesLogins = async (port: number): Promise<void> => {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const seen = await createPostgres()
      .greet({ host: '127.0.0.1', port })
      .catch((error: Error) => error);
    if (!(seen instanceof Error) && seen.kind === 'takes-logins') return;
    if (performance.now() > deadline) throw new Error(`no login is taken: ${JSON.stringify(seen)} ${String(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export const startReal = async (bin: string, at?: { readonly dir: string; readonly port: number }) => {
  const dir = at?.dir ?? mkdtempSync(join(tmpdir(), 'chatops-postgres-'));
  const port = at?.port ?? (await freePort());
  const context: ServerContext = {
    service: 'postgres',
    role: 'postgres',
    dir,
    ports: { 5432: port },
    env: { POSTGRES_USER: 'wiki', POSTGRES_PASSWORD: PASSWORD, POSTGRES_DB: 'pages' },
    command: [],
    time: createSimulatedTime(),
    lookup: () => undefined,
    file: async () => undefined,
  };
  const server = createRealPostgres(bin, context, process.env);
  await server.start();
  await untilItTakesLogins(port);
  const end = async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, port, server, end } satisfies RealPostgres;
};

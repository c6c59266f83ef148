import { describe, expect, it } from 'vitest';
import type { ProbeSpec } from '../../../../../src/stack/stack.ts';
import { closedPort, tcpServer } from '../../../../helpers/servers.ts';
import { ask, text } from '../../../probes/ports-over.ts';
import { errorResponse } from '../error-response.ts';

const endpoint = { service: 'db', port: 5432 };
const ALIVE: ProbeSpec = { what: 'postgres-alive', endpoint };
const READY: ProbeSpec = { what: 'postgres-ready', endpoint };

/** AuthenticationSASL of a server: PostgreSQL's manual, "Message Formats". */
const ASKS_FOR_A_PASSWORD = Buffer.from('R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0', 'latin1');

const answering = async (answer: Buffer): Promise<{ readonly db: number }> => {
  const { port } = await tcpServer((socket) => socket.on('data', () => socket.end(answer)));
  return { db: port };
};
const starting = () => answering(errorResponse('57P03', 'the database system is starting up'));

describe('a PostgreSQL that starts', () => {
  it('is alive', async () => {
    expect(text(await ask(ALIVE, await starting()))).toBe('ready PostgreSQL answers');
  });

  it('is not ready', async () => {
    expect(text(await ask(READY, await starting()))).toBe(
      'not-ready db:5432 takes no login: the database system is starting up (57P03)',
    );
  });
});

describe('a PostgreSQL without a connection left', () => {
  it('is not ready', async () => {
    const places = await answering(errorResponse('53300', 'sorry, too many clients already'));
    expect(text(await ask(READY, places))).toBe(
      'not-ready db:5432 takes no login: sorry, too many clients already (53300)',
    );
  });
});

describe('a PostgreSQL that asks for a password', () => {
  it('is ready', async () => {
    expect(text(await ask(READY, await answering(ASKS_FOR_A_PASSWORD)))).toBe('ready takes logins');
  });
});

describe('a PostgreSQL that has no rule for who knocks', () => {
  it('is ready for others', async () => {
    const places = await answering(errorResponse('28000', 'no pg_hba.conf entry for host "10.0.0.9"'));
    expect(text(await ask(READY, places))).toBe('ready takes logins');
  });
});

describe('nobody at the port', () => {
  it('is not alive', async () => {
    expect(text(await ask(ALIVE, { db: await closedPort() }))).toMatch(/^not-ready .*connection refused/);
  });
});

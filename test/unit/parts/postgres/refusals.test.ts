import { describe, expect, it } from 'vitest';
import { readGreeting } from '../../../../src/parts/postgres/client/messages.ts';
import { createPostgres } from '../../../../src/parts/postgres/client/postgres.ts';
import { describeServerError } from '../../../../src/parts/postgres/client/postgres-words.ts';
import { abortOnceConnected, closedPort, httpServer, tcpServer } from '../../../helpers/servers.ts';
import { errorResponse } from './error-response.ts';
import { loginWith } from './real.ts';

const postgres = createPostgres();
const at = (port: number) => ({ host: '127.0.0.1', port });
const look = (port: number, options = {}) =>
  postgres.visit(at(port), loginWith(), (session) => session.inRecovery(), options);

/** One that refuses everybody before any login. */
const refusing = (sqlState: string, message: string) =>
  tcpServer((socket) => socket.on('data', () => socket.end(errorResponse(sqlState, message))));

describe('a server that is no use yet', () => {
  it('says that it starts, which is no silence', async () => {
    const { port } = await refusing('57P03', 'the database system is starting up');
    expect(await postgres.greet(at(port))).toEqual({
      kind: 'refuses',
      reason: 'starting',
      says: 'the database system is starting up (57P03)',
    });
  });

  it('refuses a visit for the same reason', async () => {
    const { port } = await refusing('57P03', 'the database system is starting up');
    await expect(look(port)).rejects.toMatchObject({ reason: 'starting' });
  });

  it('is unreachable where nobody listens', async () => {
    await expect(look(await closedPort())).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: 'connection refused (ECONNREFUSED)',
    });
  });

  it('is unreachable when it says nothing in time', async () => {
    const { port } = await tcpServer();
    await expect(postgres.greet(at(port), { timeoutMs: 100 })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is unreachable when it hangs up', async () => {
    const { port } = await tcpServer((socket) => socket.end());
    await expect(postgres.greet(at(port))).rejects.toMatchObject({ code: 'UNREACHABLE', why: 'connection closed' });
  });
});

describe('a server of another kind', () => {
  it('is recognised by its first answer', async () => {
    const { port } = await httpServer((_request, response) => response.end('hello'));
    await expect(postgres.greet(at(port))).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  it('is recognised in a visit too', async () => {
    const { port } = await httpServer((_request, response) => response.end('hello'));
    await expect(look(port, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});

describe('an abort', () => {
  it('ends a visit with its reason, and the connection', async () => {
    const reason = new Error('enough');
    const { signal, onSocket } = abortOnceConnected(reason);
    const server = await tcpServer(onSocket);
    await expect(look(server.port, { signal })).rejects.toBe(reason);
    await server.allClosed();
  });
});

describe('messages before a login', () => {
  it('are waited for until they are whole', () => {
    const whole = errorResponse('57P03', 'starting');
    expect(readGreeting(whole.subarray(0, whole.length - 1))).toBeUndefined();
  });

  it('are refused when their length is none', () => {
    expect(readGreeting(Buffer.from('Error: what?\r\n'))).toBe('foreign');
  });
});

describe('an SQLSTATE', () => {
  it.each([
    ['25006', 'read-only'],
    ['53100', 'disk-full'],
    ['53300', 'full-of-connections'],
    ['57P01', 'stopping'],
    ['XX000', 'other'],
  ])('%s means %s', (sqlState, reason) => {
    expect(describeServerError('a question', sqlState, 'its words', undefined).reason).toBe(reason);
  });
});

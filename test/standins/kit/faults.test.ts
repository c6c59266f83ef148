import { createFaults, createLedger } from '@chatops-up/standins';
import { createHttpStandin } from '@chatops-up/standins/internal/kit/http-standin';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';

const aServer = async () => {
  const port = await freePort();
  const faults = createFaults();
  const ledger = createLedger();
  const worked: string[] = [];
  const server = createHttpStandin({
    port,
    faults,
    ledger,
    classify: ({ method }) => (method === 'GET' ? 'read' : 'write'),
    handle: ({ method, path }) => {
      worked.push(`${method} ${path}`);
      return { status: 200, body: { ok: true } };
    },
  });
  await server.listen();
  return {
    faults,
    ledger,
    worked,
    server,
    ask: (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method }),
  };
};

describe('faults on demand', () => {
  it('hit as many matching requests as they say, after those they let pass', async () => {
    const { faults, ask, server } = await aServer();
    faults.add({ match: '^GET /a', skip: 1, times: 2, effect: { kind: 'status', status: 503 } });
    const statuses: number[] = [];
    for (const path of ['/b', '/a', '/a', '/a', '/a']) statuses.push((await ask(path)).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200]);
    await server.shut();
  });

  it('come instead of the work, or after it', async () => {
    const { faults, ask, worked, server } = await aServer();
    faults.add({ match: 'POST /before', effect: { kind: 'html', status: 502 } });
    faults.add({ match: 'POST /after', afterWork: true, effect: { kind: 'html', status: 502 } });
    expect((await ask('/before', 'POST')).headers.get('content-type')).toBe('text/html');
    expect((await ask('/after', 'POST')).status).toBe(502);
    expect(worked).toEqual(['POST /after']);
    await server.shut();
  });

  it('cut the connection without an answer', async () => {
    const { faults, ask, server } = await aServer();
    faults.add({ match: '/', effect: { kind: 'reset' } });
    await expect(ask('/')).rejects.toThrow('fetch failed');
    expect((await ask('/')).status).toBe(200);
    await server.shut();
  });
});

describe('the ledger', () => {
  it('counts what reached the server by kind, queries left out', async () => {
    const { ledger, ask, server } = await aServer();
    await ask('/a?token=secret');
    await ask('/b', 'POST');
    expect(ledger.totals()).toEqual({ read: 1, write: 1, session: 0, traffic: 0 });
    expect(ledger.entries()).toEqual([
      { kind: 'read', what: 'GET /a' },
      { kind: 'write', what: 'POST /b' },
    ]);
    await server.shut();
  });
});

describe('a port that is shut', () => {
  it('refuses connections, and may be opened again', async () => {
    const { ask, server } = await aServer();
    await server.shut();
    await expect(ask('/')).rejects.toThrow('fetch failed');
    await server.listen();
    expect((await ask('/')).status).toBe(200);
    await server.shut();
  });
});

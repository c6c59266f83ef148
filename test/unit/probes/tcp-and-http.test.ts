import { describe, expect, it } from 'vitest';
import type { ProbeSpec } from '../../../src/stack/stack.ts';
import { abortOnceConnected, closedPort, httpServer, tcpServer } from '../../helpers/servers.ts';
import { ask, text } from './ports-over.ts';

describe('tcp', () => {
  const spec: ProbeSpec = { what: 'tcp', endpoint: { service: 'gitlab', port: 22 } };

  it('is ready when the port accepts a connection', async () => {
    const { port } = await tcpServer();
    expect(text(await ask(spec, { gitlab: port }))).toBe('ready gitlab:22 accepts connections');
  });

  it('is not ready when it is refused: that is the normal "not yet"', async () => {
    const port = await closedPort();
    expect(text(await ask(spec, { gitlab: port }))).toMatch(/^not-ready no TCP connection .*connection refused/);
  });
});

describe('http', () => {
  const spec = (status = 200): ProbeSpec => ({
    what: 'http',
    target: { kind: 'service', endpoint: { service: 'web', port: 80 } },
    path: '/readyz',
    status,
  });

  it('is ready at exactly the wanted status', async () => {
    const { port } = await httpServer((request, response) =>
      response.writeHead(request.url === '/readyz' ? 204 : 500).end(),
    );
    expect(text(await ask(spec(204), { web: port }))).toBe('ready /readyz answers 204');
    expect(text(await ask(spec(200), { web: port }))).toBe('not-ready /readyz answers 204 instead of 200');
  });

  it('repeats what the server says in plain words of why not, one line, and never a page', async () => {
    const said = (type: string, body: string) =>
      httpServer((_request, response) => response.writeHead(503, { 'Content-Type': type }).end(body));
    const plain = await said('text/plain; charset=utf-8', 'ops is archived\nmore\n');
    expect(text(await ask(spec(), { web: plain.port }))).toBe(
      'not-ready /readyz answers 503 instead of 200: ops is archived',
    );
    const reason = await said('application/json', '{"usable":false,"why":"ops is archived"}');
    expect(text(await ask(spec(), { web: reason.port }))).toBe(
      'not-ready /readyz answers 503 instead of 200: ops is archived',
    );
    const page = await said('text/html', '<h1>ops</h1>');
    expect(text(await ask(spec(), { web: page.port }))).toBe('not-ready /readyz answers 503 instead of 200');
  });

  it('asks an existing server by its URL', async () => {
    const { port } = await httpServer((_request, response) => response.end());
    const target = { kind: 'url', url: `http://web.localhost:${port}/sub` } as const;
    expect(text(await ask({ what: 'http', target, path: '/x', status: 200 }, {}))).toBe('ready /x answers 200');
  });

  it('cannot tell when something else than HTTP speaks there', async () => {
    const { port } = await tcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    expect(text(await ask(spec(), { web: port }))).toMatch(/^cannot-tell UNEXPECTED_ANSWER/);
  });

  it.each([
    ['tcp', { what: 'tcp', endpoint: { service: 'web', port: 80 } }],
    ['http', spec()],
  ] as const)('%s stops at once when it is aborted before', async (_name, each) => {
    const aborted = AbortSignal.abort(new Error('stop'));
    await expect(ask(each, { web: 1 }, aborted)).rejects.toThrow('stop');
  });

  it('stops in the middle when it is aborted, and leaves no socket', async () => {
    const stop = abortOnceConnected(new Error('stop'));
    const server = await tcpServer(stop.onSocket);
    await expect(ask(spec(), { web: server.port }, stop.signal)).rejects.toThrow('stop');
    await expect(server.allClosed()).resolves.toBeUndefined();
  });
});

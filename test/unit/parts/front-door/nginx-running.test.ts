import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aStack } from '../../../builders/stack.ts';
import { have, leftOut } from '../../../helpers/available.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { loopbackPlaces, startRealNginx, stopRealNginx } from '../../../helpers/nginx.ts';

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const startBackEnd = async (port: number): Promise<Server> => {
  const server = createServer((incoming, reply) => {
    let size = 0;
    incoming.on('data', (chunk: Buffer) => (size += chunk.length));
    if (incoming.url === '/own-headers') {
      reply.setHeader('X-Content-Type-Options', 'theirs');
      reply.setHeader('X-Powered-By', 'Express');
    }
    incoming.on('end', () => reply.end(JSON.stringify({ url: incoming.url, headers: incoming.headers, size })));
  });
  server.on('upgrade', (incoming, socket) => {
    const { upgrade, connection } = incoming.headers;
    socket.end(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${upgrade}\r\nConnection: ${connection}\r\n\r\n`);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const installed = have('nginx', ['-v']);
if (!installed) leftOut('nginx running the rendered configuration', 'there is no nginx on PATH');

describe.runIf(installed)('a real nginx with the rendered configuration', () => {
  let dir = '';
  let port = 0;
  let backEndPort = 0;
  let backEnd: Server | undefined;

  const ask = (
    host: string,
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const headers = { host, ...options.headers };
      const asked = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers, agent: false });
      asked.on('error', reject);
      asked.on('upgrade', ({ headers: got }, socket) => {
        socket.destroy();
        resolve({ status: 101, headers: got, body: '' });
      });
      asked.on('response', (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts).toString() }),
        );
      });
      asked.end(options.body);
    });
  const seen = (reply: Reply): { url: string; headers: IncomingHttpHeaders; size: number } => JSON.parse(reply.body);

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'chatops-nginx-'));
    // Started by root, its workers are somebody else.
    chmodSync(dir, 0o755);
    [port, backEndPort] = [await freePort(), await freePort()];
    backEnd = await startBackEnd(backEndPort);
    const stack = aStack();
    const places = loopbackPlaces({ dir, listen: `127.0.0.1:${port}`, backEnd: backEndPort });
    startRealNginx(dir, stack, places);
  });

  afterAll(() => {
    stopRealNginx(dir);
    backEnd?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('%2F reaches the back end as it was sent, and so do double slashes', async () => {
    const reply = await ask('git.chatops.localhost', '/api/v4/projects/group%2Fname//x?a=%2Fb');
    expect(seen(reply).url).toBe('/api/v4/projects/group%2Fname//x?a=%2Fb');
  });

  test('passes to the back end who asked for which address, and drops what the client claims', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil' };
    const reply = await ask('chat.chatops.localhost:8080', '/', { headers });
    expect(seen(reply).headers).toMatchObject({
      host: 'chat.chatops.localhost:8080',
      'x-real-ip': '127.0.0.1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'chat.chatops.localhost:8080',
    });
  });

  test.each([
    ...['Forwarded', 'X-Forwarded-Port', 'X-Forwarded-Ssl', 'X-Forwarded-Server', 'Client-IP', 'True-Client-IP'],
    ...['X-Original-URL', 'X-Rewrite-URL', 'X-Sendfile-Type', 'Proxy'],
  ])('drops the header %s, which a back end would believe', async (name) => {
    const reply = await ask('git.chatops.localhost:8080', '/', { headers: { [name]: 'evil' } });
    expect(seen(reply).headers).not.toHaveProperty(name.toLowerCase());
  });

  test.each([
    ['another port', 'chat.chatops.localhost:1234', '/'],
    ['no port', 'chat.chatops.localhost', '/'],
    ['capitals', 'CHAT.chatops.LOCALHOST:8080', '/'],
    ['another name beside one in the request line', 'evil.example', 'http://chat.chatops.localhost:8080/'],
  ])('hands on a name and port of ours for %s', async (_what, host, path) => {
    const { headers } = seen(await ask(host, path));
    expect(headers).toMatchObject({
      host: 'chat.chatops.localhost:8080',
      'x-forwarded-host': 'chat.chatops.localhost:8080',
    });
  });

  test.each(['h2c', 'websocket, h2c', 'TLS/1.0'])('passes no upgrade to %s on', async (upgrade) => {
    const reply = await ask('chat.chatops.localhost', '/', { headers: { connection: 'Upgrade', upgrade } });
    expect(reply.status).toBe(200);
    expect(seen(reply).headers).toMatchObject({ connection: 'close' });
    expect(seen(reply).headers).not.toHaveProperty('upgrade');
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('lets no %s at a webhook', async (method) => {
    const reply = await ask('chat.chatops.localhost', '/hooks/id/token', { method });
    expect(reply.status).toBe(403);
  });

  test.each(['/HOOKS/id/token', '//hooks/id/token', '/%68ooks/id/token', '/x/../hooks/id/token', '/hooks/id/token/'])(
    'lets no GET at a webhook written as %s',
    async (path) => {
      expect((await ask('chat.chatops.localhost', path)).status).toBe(403);
    },
  );

  test('passes a delivery on, and the question whether its webhook is there', async () => {
    const path = '/hooks/id/token?channel=%23ci';
    const delivered = await ask('chat.chatops.localhost', path, { method: 'POST', body: Buffer.from('{}') });
    expect(seen(delivered)).toMatchObject({ url: path, size: 2 });
    expect(seen(await ask('chat.chatops.localhost', '/hooks/info/id/check/token')).url).toContain('/hooks/info/');
  });

  test('passes a delivery of 3 MiB, and none that would end the sandbox of the script', async () => {
    const deliver = (size: number): Promise<Reply> =>
      ask('chat.chatops.localhost', '/hooks/id/token', { method: 'POST', body: Buffer.alloc(size) });
    expect(seen(await deliver(3 * 1_048_576)).size).toBe(3 * 1_048_576);
    expect((await deliver(3 * 1_048_576 + 1)).status).toBe(413);
  });

  test('answers 429 to who tries passwords faster than people do, and goes on taking deliveries', async () => {
    const tries = await Promise.all(
      Array.from({ length: 90 }, () => ask('chat.chatops.localhost', '/api/v1/login', { method: 'POST' })),
    );
    const refused = tries.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThan(0);
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(90 - refused);
    const deliveries = await Promise.all(
      Array.from({ length: 90 }, () => ask('chat.chatops.localhost', '/hooks/id/token', { method: 'POST' })),
    );
    expect(deliveries.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('has no browser guess types, whose pages they are', async () => {
    for (const host of ['chat', 'www'])
      expect((await ask(`${host}.chatops.localhost`, '/')).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
      });
  });

  test('leaves a header of the back end alone, and hides what it is made with', async () => {
    const { headers } = await ask('chat.chatops.localhost', '/own-headers');
    expect(headers).toMatchObject({ 'x-content-type-options': 'theirs' });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('passes the WebSocket upgrade on', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const reply = await ask('chat.chatops.localhost', '/websocket', { headers });
    expect(reply.status).toBe(101);
    expect(reply.headers).toMatchObject({ upgrade: 'websocket', connection: 'upgrade' });
  });

  test('takes bodies beyond its own default of 1 MB', async () => {
    const reply = await ask('git.chatops.localhost', '/upload', { method: 'POST', body: Buffer.alloc(3_000_000) });
    expect(seen(reply).size).toBe(3_000_000);
  });

  test.each([
    ...['/-/readiness?all=1', '/-/health', '/-/liveness', '/-/metrics', '/health_check/database'],
    ...['/-/metrics.json', '/-/readiness.json', '/-/health.json', '/-/liveness.txt', '/health_check.json'],
    ...['/health_check.xml', '/-/metrics%2e', '/-/metrics;a=b', '/-/metrics%252e', '/-//metrics', '//-/metrics/'],
  ])('does not publish %s of GitLab', async (path) => {
    expect((await ask('git.chatops.localhost', path)).status).toBe(404);
  });

  test.each(['/-/profile', '/group/project/-/issues', '/-/healthy', '/-/metrics_of_mine'])(
    'publishes %s, a page for people',
    async (path) => {
      expect(seen(await ask('git.chatops.localhost', path)).url).toBe(path);
    },
  );

  test.each(['www', 'hom'])('answers for %s itself, with a signature', async (host) => {
    const reply = await ask(`${host}.chatops.localhost`, '/');
    expect(reply).toMatchObject({ status: 200, headers: { 'x-chatops-vhost': host, 'content-type': 'text/html' } });
  });

  test('knows no other host', async () => {
    expect(await ask('localhost', '/')).toMatchObject({ status: 404, body: 'no such host here' });
  });

  test('answers 502 with a page of its own while a back end is away, and works when it is there', async () => {
    backEnd?.closeAllConnections();
    backEnd?.close();
    const away = await ask('chat.chatops.localhost', '/api/info');
    expect(away).toMatchObject({ status: 502, headers: { 'retry-after': '5' } });
    expect(away.body).toContain('Not there yet');
    backEnd = await startBackEnd(backEndPort);
    expect((await ask('chat.chatops.localhost', '/api/info')).status).toBe(200);
  });

  test('shows the page of a missing back end to nobody who asks for it by name', async () => {
    expect((await ask('chat.chatops.localhost', '/chatops-starting.html')).status).toBe(404);
  });
});

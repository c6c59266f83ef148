import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { NginxVhostSpec } from '../../../../../src/parts/front-door/probes/nginx-vhost.ts';
import { abortOnceConnected, closedPort, httpServer, tcpServer } from '../../../../helpers/servers.ts';
import { closeDoor, type Door, openDoor, PLAYERS } from '../../../../standins/front-door/doors.ts';
import { ask, text } from '../../../probes/ports-over.ts';

const spec = (signature: NginxVhostSpec['signature'], webSocket = false): NginxVhostSpec => ({
  what: 'nginx-vhost',
  door: { service: 'nginx', port: 8080 },
  host: `${signature}.chatops.localhost`,
  signature,
  webSocket,
});

const answering = (handler: (request: IncomingMessage, response: ServerResponse) => void) => httpServer(handler);
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

describe('the signature of a back end behind the front door', () => {
  it('is asked for by the virtual host’s name', async () => {
    let host: string | undefined;
    const { port } = await answering((request, response) => {
      host = request.headers.host;
      json(response, 200, { version: '8.5', success: true });
    });
    expect(text(await ask(spec('rocketchat'), { nginx: port }))).toBe(
      'ready rocketchat.chatops.localhost answers as rocketchat',
    );
    expect(host).toBe('rocketchat.chatops.localhost');
  });

  it.each([
    ['an error', 500, { version: '8.5', success: true }],
    ['no version', 200, { success: true }],
    ['no success', 200, { version: '8.5', success: false }],
    ['the page of somebody else', 200, 'hello'],
  ])('is not Rocket.Chat’s with %s', async (_name, status, body) => {
    const { port } = await answering((_request, response) => json(response, status, body));
    expect(text(await ask(spec('rocketchat'), { nginx: port }))).toContain('no JSON with version and success');
  });

  it.each([
    [401, { message: '401 Unauthorized' }, 'ready'],
    [200, { version: '19.3.0' }, 'ready'],
    [401, { message: 'who are you' }, 'not-ready'],
    [404, { message: '404 Not Found' }, 'not-ready'],
    [200, { hello: 'there' }, 'not-ready'],
  ])('of GitLab: %i with %j is %s', async (status, body, kind) => {
    const { port } = await answering((request, response) => {
      json(response, request.url === '/api/v4/version' ? status : 500, body);
    });
    expect((await ask(spec('gitlab'), { nginx: port })).kind).toBe(kind);
  });

  it.each(['www', 'hom'] as const)('of our own page %s is its header', async (name) => {
    const { port } = await answering((request, response) =>
      response.writeHead(200, { 'X-Chatops-Vhost': request.headers.host?.split('.')[0] ?? '' }).end(),
    );
    expect(text(await ask(spec(name), { nginx: port }))).toBe(`ready ${name}.chatops.localhost answers as ${name}`);
    const wrong = await answering((_request, response) =>
      response.writeHead(200, { 'X-Chatops-Vhost': 'other' }).end(),
    );
    expect(text(await ask(spec(name), { nginx: wrong.port }))).toContain(`no header X-Chatops-Vhost: ${name}`);
  });

  it.each([502, 503, 504])('a %i says that the back end is away, and whose', async (status) => {
    const { port } = await answering((_request, response) => response.writeHead(status).end('<html>'));
    expect(text(await ask(spec('gitlab'), { nginx: port }))).toBe(
      `not-ready virtual host gitlab.chatops.localhost: the front door answers ${status}, its back end is away`,
    );
  });

  it('is not ready while the front door is shut', async () => {
    expect(text(await ask(spec('www'), { nginx: await closedPort() }))).toMatch(/^not-ready .*connection refused/);
  });

  it('cannot tell when no HTTP server stands at the door', async () => {
    const { port } = await tcpServer((socket) => socket.end('SSH-2.0-x\r\n'));
    expect(text(await ask(spec('www'), { nginx: port }))).toMatch(/^cannot-tell UNEXPECTED_ANSWER/);
  });

  it('stops when it is aborted, and leaves no socket', async () => {
    const stop = abortOnceConnected(new Error('stop'));
    const server = await tcpServer(stop.onSocket);
    await expect(ask(spec('www'), { nginx: server.port }, stop.signal)).rejects.toThrow('stop');
    await expect(server.allClosed()).resolves.toBeUndefined();
  });
});

describe.each(PLAYERS)('WebSockets through the front door played by the %s', (player) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** A back end that looks like Rocket.Chat and switches protocols when it is asked to. */
  const chat = async (status?: number): Promise<number> => {
    const server = createServer((_request, response) => json(response, 200, { version: '8.5', success: true }));
    server.on('upgrade', (request, socket) => {
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      const line = status === undefined ? '101 Switching Protocols' : `${status} No`;
      socket.on('error', () => undefined);
      socket.on('end', () => socket.end());
      socket.resume();
      socket.write(
        `HTTP/1.1 ${line}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nContent-Length: 0\r\n\r\n`,
      );
      if (status !== undefined) socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(
      () =>
        new Promise((done) => {
          server.close(() => done());
          server.closeAllConnections();
        }),
    );
    return (server.address() as { port: number }).port;
  };

  const door = async (backEnd: number, headers: string): Promise<Door> => {
    const opened = await openDoor(
      player,
      ({ dir, port }) => `
pid ${dir}/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path ${dir}/body;
    proxy_temp_path ${dir}/proxy;
    map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    server {
        listen 127.0.0.1:${port};
        location / { set $b 127.0.0.1:${backEnd}; proxy_pass http://$b; proxy_http_version 1.1; ${headers} }
    }
}`,
    );
    closing.push(() => closeDoor(opened));
    return opened;
  };
  const PASSED = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;';

  it('are ready when the upgrade gets through', async () => {
    const { port } = await door(await chat(), PASSED);
    expect(text(await ask(spec('rocketchat', true), { nginx: port }))).toContain('WebSocket included');
  });

  it('are not ready when the upgrade is answered like any request: the front door drops its headers', async () => {
    const { port } = await door(await chat(), '');
    expect(text(await ask(spec('rocketchat', true), { nginx: port }))).toBe(
      'not-ready virtual host rocketchat.chatops.localhost: the WebSocket upgrade at /websocket is answered with 200',
    );
  });

  it('cannot be known when the back end says that it was not asked properly', async () => {
    const { port } = await door(await chat(400), PASSED);
    expect(text(await ask(spec('rocketchat', true), { nginx: port }))).toMatch(/^cannot-tell UNEXPECTED_ANSWER .*400/);
  });
});

/** What takes more than one answer: protocols switched, bodies as they come, back ends that come and go, TLS. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { have, leftOut } from '../../helpers/available.ts';
import { NEW_KEY } from '../../helpers/certificates.ts';
import { freePort } from '../../helpers/free-port.ts';
import {
  ask,
  type BackEnd,
  closeDoor,
  type Door,
  type Made,
  openDoor,
  PLAYERS,
  startBackEnd,
  writeFiles,
} from './doors.ts';

const proxyTo =
  (backEnd: number, more = '') =>
  ({ dir, port }: Made): string =>
    `
pid ${dir}/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path ${dir}/body;
    proxy_temp_path ${dir}/proxy;
    map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    server {
        listen 127.0.0.1:${port};
        location / {
            set $back_end 127.0.0.1:${backEnd};
            proxy_pass http://$back_end;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            ${more}
        }
    }
}
`;

const opened = async (player: (typeof PLAYERS)[number], conf: (made: Made) => string): Promise<Door> => {
  const door = await openDoor(player, conf);
  atEnd(() => closeDoor(door));
  return door;
};

const backEndOpened = async (): Promise<BackEnd> => {
  const backEnd = await startBackEnd();
  atEnd(() => backEnd.stop());
  return backEnd;
};

/** A back end whose handler the test writes. */
const handlerOpened = async (
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  port = 0,
): Promise<number> => {
  const server = createServer(handler).listen(port, '127.0.0.1');
  await once(server, 'listening');
  atEnd(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  return (server.address() as AddressInfo).port;
};

const UPGRADE = 'GET /websocket HTTP/1.1\r\nHost: chat.test:8080\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

/** Everything read until `enough` holds. */
const readUntil = (socket: ReturnType<typeof connect>, enough: (text: string) => boolean): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes;
      if (enough(text)) resolve(text);
    });
    socket.on('close', () => reject(new Error(`closed after ${text}`)));
    socket.on('error', reject);
  });

describe.each(PLAYERS)('the front door played by the %s', (player) => {
  it('switches protocols where client and back end want it, and passes bytes both ways', async () => {
    const backEnd = await backEndOpened();
    const { port } = await opened(player, proxyTo(backEnd.port));
    const socket = connect(port, '127.0.0.1');
    socket.write(UPGRADE);
    const head = await readUntil(socket, (text) => text.includes('\r\n\r\n'));
    expect(head).toMatch(/^HTTP\/1\.1 101 /);
    expect(head).toContain('X-Host: chat.test:8080');
    socket.removeAllListeners();
    const answer = readUntil(socket, (text) => text.includes('!'));
    socket.write('hello!');
    expect(await answer).toBe('heard hello!');
    socket.removeAllListeners();
    socket.destroy();
  });

  it('closes the client when the back end hangs up after the switch', async () => {
    const backEnd = await startBackEnd();
    const { port } = await opened(player, proxyTo(backEnd.port));
    const socket = connect(port, '127.0.0.1');
    socket.write(UPGRADE);
    await readUntil(socket, (text) => text.includes('\r\n\r\n'));
    socket.removeAllListeners('close');
    const closed = once(socket, 'close');
    await backEnd.stop();
    await closed;
    expect(socket.destroyed).toBe(true);
  });

  it('answers a wish to switch protocols with what the back end says instead', async () => {
    const back = await handlerOpened((_request, response) => void response.writeHead(403).end('no'));
    const { port } = await opened(player, proxyTo(back));
    const socket = connect(port, '127.0.0.1');
    socket.write(UPGRADE);
    expect(await readUntil(socket, (text) => text.includes('no'))).toMatch(/^HTTP\/1\.1 403 /);
    socket.removeAllListeners();
    socket.destroy();
  });

  it('answers 502 until the back end is up, and its answer from then on', async () => {
    const later = await freePort();
    const { port } = await opened(player, proxyTo(later));
    expect((await ask(port, { path: '/' })).status).toBe(502);
    await handlerOpened((_request, response) => void response.end('up'), later);
    expect(await ask(port, { path: '/' })).toMatchObject({ status: 200, body: 'up' });
  });

  it('answers 504 when the back end is silent for too long', async () => {
    const back = await handlerOpened(() => undefined);
    const { port } = await opened(player, proxyTo(back, 'proxy_read_timeout 100ms;'));
    expect((await ask(port, { path: '/' })).status).toBe(504);
  });

  it('passes an answer on as it comes, without waiting for its end', async () => {
    let finish: () => void = () => undefined;
    const back = await handlerOpened((_request, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const { port } = await opened(player, proxyTo(back, 'proxy_buffering off;'));
    const request = httpRequest({ host: '127.0.0.1', port, path: '/', agent: false }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const [chunk] = (await once(response, 'data')) as [Buffer];
    expect(String(chunk)).toBe('first');
    finish();
    const [rest] = (await once(response, 'data')) as [Buffer];
    expect(String(rest)).toBe('last');
  });

  it('passes a body on as it comes where request buffering is off', async () => {
    let heard: (text: string) => void = () => undefined;
    const first = new Promise<string>((resolve) => {
      heard = resolve;
    });
    const back = await handlerOpened((request, response) => {
      request.once('data', (bytes: Buffer) => heard(String(bytes)));
      request.on('end', () => response.end('all'));
    });
    const { port } = await opened(player, proxyTo(back, 'proxy_request_buffering off;'));
    const request = httpRequest({ host: '127.0.0.1', port, path: '/', method: 'POST', agent: false });
    request.write('begin');
    expect(await first).toBe('begin');
    request.end('end');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(200);
  });

  it('forgets every request of a connection that is kept, as many as there are', async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error) => void warnings.push(message);
    process.on('warning', note);
    atEnd(async () => void process.off('warning', note));
    const back = await handlerOpened((_request, response) => void response.end('here'));
    const { port } = await opened(player, proxyTo(back));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    atEnd(async () => agent.destroy());
    const ports = new Set<number | undefined>();
    for (let count = 0; count < 15; count += 1) {
      const request = httpRequest({ host: '127.0.0.1', port, path: '/', agent }).end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      ports.add(response.socket.localPort);
      response.resume();
      await once(response, 'end');
    }
    expect(ports.size).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('goes no further than a client that gives up', async () => {
    let report: (event: string) => void = () => undefined;
    const next = () =>
      new Promise<string>((resolve) => {
        report = resolve;
      });
    const back = createTcpServer((socket) => {
      socket.on('data', () => report('asked'));
      socket.on('end', () => report('left'));
      socket.on('error', () => report('left'));
    }).listen(0, '127.0.0.1');
    await once(back, 'listening');
    atEnd(() => new Promise<void>((done) => back.close(() => done())));
    const { port } = await opened(player, proxyTo((back.address() as AddressInfo).port));
    const asked = next();
    const request = httpRequest({ host: '127.0.0.1', port, path: '/', agent: false }).end();
    request.on('error', () => undefined);
    await asked;
    const left = next();
    request.destroy();
    expect(await left).toBe('left');
  });

  it('asks for a body only when there is room for it', async () => {
    const back = await handlerOpened((request, response) => {
      request.resume();
      request.on('end', () => response.end('taken'));
    });
    const { port } = await opened(player, proxyTo(back, 'client_max_body_size 3;'));
    const send = async (body: string) => {
      const request = httpRequest({
        host: '127.0.0.1',
        port,
        path: '/',
        method: 'POST',
        headers: { Expect: '100-continue', 'Content-Length': body.length },
        agent: false,
      });
      request.on('continue', () => request.end(body));
      request.flushHeaders();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.resume();
      request.destroy();
      return response.statusCode;
    };
    expect(await send('abc')).toBe(200);
    expect(await send('abcd')).toBe(413);
  });

  it('closes its ports and every connection when it is stopped', async () => {
    const backEnd = await backEndOpened();
    const door = await opened(player, proxyTo(backEnd.port));
    const socket = connect(door.port, '127.0.0.1');
    socket.write(UPGRADE);
    await readUntil(socket, (text) => text.includes('\r\n\r\n'));
    socket.removeAllListeners('close');
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    await door.server.stop();
    await closed;
    await expect(ask(door.port, { path: '/' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

const hasOpenssl = have('openssl', ['version']);
if (!hasOpenssl) leftOut('front door with TLS', 'openssl is not there');

describe.runIf(hasOpenssl).each(PLAYERS)('TLS at the front door played by the %s', (player) => {
  const keyAndCertificate = (dir: string): { readonly cert: string; readonly key: string } => {
    writeFiles(dir, { 'tls/.keep': '' });
    const [cert, key] = [join(dir, 'tls/c.pem'), join(dir, 'tls/k.pem')];
    const kind = [...NEW_KEY, '-subj', '/CN=git.test'];
    const made = spawnSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert]);
    expect(made.status).toBe(0);
    return { cert, key };
  };

  /** @returns the port with TLS. @param before server blocks in front of the one that passes on */
  const openedWithTls = async (back: number, before = (_port: number): string => ''): Promise<number> => {
    let tlsPort = 0;
    await opened(player, (made) => {
      tlsPort = made.other;
      const { cert, key } = keyAndCertificate(made.dir);
      return `
pid ${made.dir}/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path ${made.dir}/body;
    proxy_temp_path ${made.dir}/proxy;
    ssl_certificate ${cert};
    ssl_certificate_key ${key};
    ssl_protocols TLSv1.2 TLSv1.3;
    server { listen 127.0.0.1:${made.port}; return 301 https://git.test$request_uri; }
    ${before(made.other)}
    server {
        listen 127.0.0.1:${made.other} ssl;
        server_name git.test;
        location / {
            set $back_end 127.0.0.1:${back};
            proxy_pass http://$back_end;
            proxy_http_version 1.1;
            proxy_set_header X-Forwarded-Proto $scheme;
        }
    }
}`;
    });
    return tlsPort;
  };

  const asked = async (port: number, servername: string): Promise<string> => {
    const request = httpsRequest({
      ...{ host: '127.0.0.1', port, path: '/', headers: { host: 'git.test' } },
      ...{ servername, rejectUnauthorized: false, agent: false },
    }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const [body] = (await once(response, 'data')) as [Buffer];
    return String(body);
  };

  it('answers with its certificate, and says https to the back end', async () => {
    const back = await handlerOpened((request, response) => void response.end(request.headers['x-forwarded-proto']));
    expect(await asked(await openedWithTls(back), '')).toBe('https');
  });

  it('ends the handshake of who asks for no server of its own, where its configuration says so', async () => {
    const back = await handlerOpened((_request, response) => void response.end('let in'));
    const port = await openedWithTls(
      back,
      (at) => `server { listen 127.0.0.1:${at} ssl default_server; ssl_reject_handshake on; }`,
    );
    expect(await asked(port, 'git.test')).toBe('let in');
    await expect(asked(port, 'evil.test')).rejects.toThrow();
    await expect(asked(port, '')).rejects.toThrow();
  });
});

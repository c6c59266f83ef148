/** Both players of the front door over one configuration, a back end that reports what reached it, and a bare client. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunningServer, ServerContext } from '@chatops-up/standins';
import { createSimulatedTime } from '@chatops-up/standins';
import { createFrontDoorStandin } from '@chatops-up/standins/front-door';
import { createRealNginx } from '../../../src/parts/front-door/client/real-nginx.ts';
import { have, leftOut } from '../../helpers/available.ts';
import { freePort } from '../../helpers/free-port.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Door {
  readonly server: RunningServer;
  readonly port: number;
  readonly dir: string;
}

export interface Made {
  readonly dir: string;
  readonly port: number;
  /** A second port, for TLS. */
  readonly other: number;
}

export const contextFor = ({ dir }: Made, conf: string): ServerContext => ({
  service: 'nginx',
  role: 'nginx',
  dir: join(dir, 'data'),
  ports: {},
  env: {},
  command: [],
  time: createSimulatedTime(),
  lookup: () => undefined,
  file: async (path) => (path === 'nginx/nginx.conf' ? conf : undefined),
});

export const NGINX = process.env.CHATOPS_NGINX ?? '/usr/sbin/nginx';

/** The stand-in, and the real one where it is installed. */
export const PLAYERS: readonly ('stand-in' | 'real')[] = have(NGINX, ['-v']) ? ['stand-in', 'real'] : ['stand-in'];
if (PLAYERS.length === 1) leftOut('front door against the real nginx', `${NGINX} is not there`);

export const writeFiles = (dir: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
};

export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** Opened by the player; the real one needs a moment after it was started. */
const whenOpen = async ({ server, port }: Door): Promise<void> => {
  const crash = server.crashed.then((reason): never => {
    throw new Error(reason);
  });
  while (!(await Promise.race([accepts(port), crash]))) await new Promise((resolve) => setTimeout(resolve, 5));
};

export const openDoor = async (player: 'stand-in' | 'real', confFor: (made: Made) => string): Promise<Door> => {
  const dir = mkdtempSync(join(tmpdir(), 'front-door-'));
  const made = { dir, port: await freePort(), other: await freePort() };
  mkdirSync(join(dir, 'data'));
  const context = contextFor(made, confFor(made));
  const server = player === 'real' ? createRealNginx(NGINX, context) : createFrontDoorStandin(context);
  await server.start();
  const door = { server, port: made.port, dir };
  await whenOpen(door);
  return door;
};

export const closeDoor = async ({ server, dir }: Door): Promise<void> => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
};

const bodyOf = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

export const ask = (port: number, { method = 'GET', path, headers = {}, body }: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      bodyOf(response).then(
        (text) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
            body: text,
          }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(body);
  });

export interface BackEnd {
  readonly port: number;
  stop(): Promise<void>;
}

/** Answers as JSON what reached it; switches protocols and then says everything back; some paths answer otherwise. */
export const startBackEnd = (): Promise<BackEnd> =>
  new Promise((resolve) => {
    const sockets = new Set<Socket>();
    const server: Server = createHttp(async (request, response) => {
      if (request.url === '/redirect') return response.writeHead(302, { Location: '/elsewhere' }).end();
      if (request.url === '/teapot') {
        return response
          .writeHead(418, {
            'Set-Cookie': ['a=1', 'b=2'],
            Server: 'secret/1.0',
            'X-Own': 'kept',
            'X-Powered-By': 'tea',
          })
          .end('tea');
      }
      if (request.url === '/cut') return request.socket.destroy();
      if (request.url === '/bad-gateway') return response.writeHead(502).end('mine');
      const body = await bodyOf(request);
      const headers = { ...request.headers };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ method: request.method, url: request.url, headers, length: body.length }));
    });
    server.on('upgrade', (request, socket) => {
      const { upgrade, connection, host } = request.headers;
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${upgrade}\r\nConnection: ${connection}\r\nX-Host: ${host}\r\n\r\n`,
      );
      socket.on('data', (bytes: Buffer) => socket.write(`heard ${bytes}`));
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      }),
    );
  });

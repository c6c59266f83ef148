/** Servers for adapter and probe tests: listening on the loopback, closed at the end of the test, their sockets counted. */
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { atEnd } from './at-end.ts';

export interface TestServer {
  readonly port: number;
  /** Resolves when no connection is open any more, counting those still to be noticed. */
  allClosed(): Promise<void>;
  /** Connections so far. */
  connections(): number;
}

const serve = async (server: Server): Promise<TestServer> => {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    allClosed: async () => {
      for (const socket of sockets) await once(socket, 'close');
    },
  };
};

export const httpServer = (
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> => serve(createHttpServer(handler));

export const tcpServer = (onSocket: (socket: Socket) => void = () => undefined): Promise<TestServer> =>
  serve(
    createServer((socket) => {
      // Without a reader the end of the other side is never noticed.
      socket.resume();
      onSocket(socket);
    }),
  );

/** A port nobody listens on. */
export const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Aborts as soon as `server` has been connected to. */
export const abortOnceConnected = (reason: unknown): { signal: AbortSignal; onSocket: () => void } => {
  const controller = new AbortController();
  return { signal: controller.signal, onSocket: () => controller.abort(reason) };
};

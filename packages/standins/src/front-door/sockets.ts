/** A port of the front door: accepts, finds out which server is meant, and hands the request on. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket as NetSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { StandinError } from '../standin-error.ts';
import type { Socket } from './config/model.ts';
import { refuseRequest } from './request/answer.ts';
import type { Exchange } from './request/exchange.ts';
import { chooseServer, hostOf } from './request/route.ts';

const certificatesOf = (socket: Socket): { cert: Buffer; key: Buffer } => {
  const tls = socket.servers.find((server) => server.tls !== undefined)?.tls;
  if (tls === undefined) {
    throw new StandinError('CERTIFICATE_UNREADABLE', {
      what: `port ${socket.port} wants TLS and no server has a certificate`,
    });
  }
  try {
    return { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StandinError('CERTIFICATE_UNREADABLE', { what: 'the certificate cannot be read', why, cause });
  }
};

/** A name that no server is asked for; none at all is judged when the connection stands. */
const rejects = (socket: Socket, name: string | false | undefined): boolean =>
  chooseServer(socket, name || '')?.rejectsHandshake ?? false;

const tlsServer = (socket: Socket): Server => {
  const server = createTlsServer({
    ...certificatesOf(socket),
    SNICallback: (name, done) => done(rejects(socket, name.toLowerCase()) ? new Error('no such server') : null),
  });
  server.on('secureConnection', (client) => {
    if (!client.servername && rejects(socket, undefined)) client.destroy();
  });
  return server;
};

const targetOf = (request: IncomingMessage): string => {
  const url = request.url ?? '/';
  const absolute = /^https?:\/\/[^/?]*(?<target>.*)$/i.exec(url)?.groups?.target;
  if (absolute === undefined) return url;
  return absolute.startsWith('/') ? absolute : `/${absolute}`;
};

const plainResponse = (request: IncomingMessage, socket: Duplex): ServerResponse => {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // A request to switch protocols that is answered in HTTP after all; node:http has let go of its socket.
  response.assignSocket(socket as NetSocket);
  response.on('finish', () => socket.end());
  return response;
};

const remembered = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Undefined when the client names no host a server could have. */
const exchangeFor = (
  socket: Socket,
  request: IncomingMessage,
  rest: Pick<Exchange, 'response' | 'takeBody'> & Partial<Pick<Exchange, 'upgrade'>>,
): Exchange | undefined => {
  const named = /^https?:\/\/(?<host>[^/?]*)/i.exec(request.url ?? '')?.groups?.host ?? request.headers.host ?? '';
  const host = hostOf(named);
  const server = chooseServer(socket, host ?? '');
  if (server === undefined || host === undefined) return undefined;
  return {
    ...rest,
    request,
    scheme: socket.ssl ? 'https' : 'http',
    server,
    host: host === '' ? server.name : host,
    target: targetOf(request),
  };
};

export interface OpenSocket {
  readonly server: Server;
  readonly clients: Set<Duplex>;
}

/** @throws StandinError CERTIFICATE_UNREADABLE without a readable certificate; Node's EADDRINUSE */
export const openSocket = async (
  socket: Socket,
  place: { host: string; port: number },
  keepAliveMs: number,
  serve: (exchange: Exchange) => void,
): Promise<OpenSocket> => {
  const clients = new Set<Duplex>();
  const server: Server = socket.ssl ? tlsServer(socket) : createServer();
  server.keepAliveTimeout = keepAliveMs;
  // Large bodies over slow lines take their time; nginx limits the pauses only.
  server.requestTimeout = 0;
  server.on(socket.ssl ? 'secureConnection' : 'connection', (client: Duplex) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
  });
  const accept = (
    request: IncomingMessage,
    rest: Pick<Exchange, 'response' | 'takeBody'> & Partial<Pick<Exchange, 'upgrade'>>,
  ) => {
    const exchange = exchangeFor(socket, request, rest);
    if (exchange !== undefined) return serve(exchange);
    refuseRequest(rest.response());
  };
  server.on('request', (request, response) => accept(request, { response: () => response, takeBody: () => undefined }));
  server.on('checkContinue', (request, response) =>
    accept(request, { response: () => response, takeBody: () => response.writeContinue() }),
  );
  server.on('upgrade', (request, duplex, head) => {
    duplex.on('error', () => duplex.destroy());
    const response = remembered(() => plainResponse(request, duplex));
    accept(request, { response, takeBody: () => undefined, upgrade: { socket: duplex, head } });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, () => resolve());
  });
  return { server, clients };
};

export const closeSocket = ({ server, clients }: OpenSocket): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const client of clients) client.destroy();
  });

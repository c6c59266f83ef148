/**
 * The relay's HTTP server: a request in, an answer out. How large, how slow and how many is seen to here: those
 * who do not know the secret can neither keep deliveries out nor fill memory or the log.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Clean } from '../values/words/clean.ts';
import { type BodyLanes, createBodyLanes } from './body-lanes.ts';
import { type ConnectionStanding, type HeldConnection, whoMakesRoom } from './make-room.ts';

export interface HookRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names; repeated ones joined by comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /**
   * To be asked for only when the sender has shown that it may deliver: from then on its connection is kept. Waits
   * while too much of other bodies is in memory. Undefined when there are more than `limit` bytes.
   */
  body(limit: number): Promise<string | undefined>;
}

export interface HookAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HookServerOptions {
  readonly port: number;
  /** Default: every address. */
  readonly host?: string;
  readonly clean: Clean;
  readonly handle: (request: HookRequest) => Promise<HookAnswer>;
  /** Called with what went wrong inside; the caller gets 503. */
  readonly onError: (thrown: unknown) => void;
}

export interface HookServer {
  readonly port: number;
  /** Takes no more requests; resolves when those on their way are answered, at most 5 s later. */
  close(): Promise<void>;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** A forge sends the head of a delivery in one piece. */
const HEAD_MS = 3_000;
/** A forge gives up on a delivery after 10 s. */
const BODY_MS = 10_000;
/** With the time in which it waited for other bodies. */
const REQUEST_MS = 30_000;
/** How often Node looks for connections that are late; its default is 30 s. */
const LOOK_MS = 1_000;
const IDLE_MS = 5_000;
const HEAD_BYTES = 16 * KIB;
/** Twenty may be a forge's own, by its user's wish. */
const MOST_HEADERS = 64;
/** More than come at once: who has just been let in must have the time to say its head before it makes room for others. */
const MOST = { inAll: 512, perAddress: 384 } as const;
/** Nearly all deliveries take the first, which never waits: all who are slow there fill 512 times this. */
const LANES = [
  { largest: 128 * KIB, inAll: Number.POSITIVE_INFINITY },
  { largest: MIB, inAll: 16 * MIB },
  { largest: Number.POSITIVE_INFINITY, inAll: 25 * MIB },
] as const;
const CLOSE_MS = 5_000;

/** The other side has ended the request: there is nobody to answer, and nothing to report. */
class Gone extends Error {}

interface Connection extends HeldConnection {
  readonly socket: Socket;
  standing: ConnectionStanding;
}

type Connections = Map<Socket, Connection>;

const keepConnections = (server: Server): Connections => {
  const open: Connections = new Map();
  server.on('connection', (socket) => {
    open.set(socket, { socket, address: socket.remoteAddress ?? '', standing: 'unproven' });
    socket.once('close', () => open.delete(socket));
    const leaving = whoMakesRoom([...open.values()], MOST);
    if (leaving === undefined) return;
    open.delete(leaving.socket);
    leaving.socket.destroy();
  });
  return open;
};

const stand = (open: Connections, { socket }: IncomingMessage, standing: ConnectionStanding): void => {
  const connection = open.get(socket);
  if (connection !== undefined) connection.standing = standing;
};

const rest = (open: Connections, { socket }: IncomingMessage): void => {
  const connection = open.get(socket);
  if (connection !== undefined && connection.standing !== 'unproven') connection.standing = 'resting';
};

const readAll = async (request: IncomingMessage, limit: number): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
};

/** Where its length is not announced, the largest is assumed. */
const lengthOf = ({ headers }: IncomingMessage, limit: number): number => {
  const announced = Number(headers['content-length'] ?? limit);
  return announced >= 0 && announced <= limit ? announced : limit;
};

const closeOf = (request: IncomingMessage, response: ServerResponse): AbortSignal => {
  const closed = new AbortController();
  response.once('close', () => closed.abort(new Gone()));
  if (request.socket.destroyed) closed.abort(new Gone());
  return closed.signal;
};

interface Body {
  read(limit: number): Promise<string | undefined>;
  /** Its bytes are not needed any more. */
  drop(): void;
}

const bodyOf = (request: IncomingMessage, response: ServerResponse, open: Connections, lanes: BodyLanes): Body => {
  const closed = closeOf(request, response);
  let leave = (): void => undefined;
  return {
    read: async (limit) => {
      stand(open, request, 'receiving');
      leave = await lanes.enter(lengthOf(request, limit), closed);
      const late = setTimeout(() => request.destroy(), BODY_MS);
      try {
        const text = await readAll(request, limit);
        stand(open, request, 'answering');
        return text;
      } catch (thrown) {
        throw request.socket.destroyed || request.errored ? new Gone() : thrown;
      } finally {
        clearTimeout(late);
      }
    },
    drop: () => leave(),
  };
};

const send = (request: IncomingMessage, response: ServerResponse, { status, body }: HookAnswer, clean: Clean): void => {
  if (response.destroyed) return;
  const text = clean.text(JSON.stringify(clean.value(body)));
  // What was not read of a request would be taken for the next one.
  const close = request.complete ? {} : { Connection: 'close' };
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...close,
  });
  response.end(text, () => {
    if (!request.complete) request.destroy();
  });
};

const flatHeaders = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(', ')]));

const listen = (server: Server, port: number, host: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ChatopsError('PORT_TAKEN', { what: `port ${port} cannot be opened`, why: cause.code ?? '', cause })),
    );
    server.listen(port, host, resolve);
  });

/** @throws ChatopsError PORT_TAKEN */
export const serveHooks = async ({ port, host, clean, handle, onError }: HookServerOptions): Promise<HookServer> => {
  const server = createServer({
    connectionsCheckingInterval: LOOK_MS,
    headersTimeout: HEAD_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: HEAD_BYTES,
  });
  server.maxHeadersCount = MOST_HEADERS;
  // What was ended to make room is counted by the operating system a little longer.
  server.maxConnections = 2 * MOST.inAll;
  const open = keepConnections(server);
  const lanes = createBodyLanes(LANES);
  server.on('request', (request, response) => {
    const body = bodyOf(request, response, open, lanes);
    handle({
      method: request.method ?? '',
      url: request.url ?? '/',
      headers: flatHeaders(request),
      body: body.read,
    })
      .then(
        (answer) => send(request, response, answer, clean),
        (thrown: unknown) => {
          if (thrown instanceof Gone) return;
          onError(thrown);
          send(request, response, { status: 503, body: { success: false, error: 'unavailable' } }, clean);
        },
      )
      .finally(body.drop);
    response.once('close', () => rest(open, request));
  });
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};

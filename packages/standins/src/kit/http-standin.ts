/**
 * An HTTP server for stand-ins: exact statuses, bodies and headers, boot phases, faults, a ledger.
 * While `gate()` returns 'refuse' the port is shut; while it returns a reply, every request gets it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FaultRule, Faults } from './faults.ts';
import type { Ledger, RequestKind } from './ledger.ts';

export interface StandinRequest {
  readonly method: string;
  /** Without the query, percent-encoding untouched. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly remoteAddress: string;
}

export interface StandinReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, anything else as JSON; undefined sends no body. */
  readonly body?: unknown;
}

export interface HttpStandinOptions {
  /** The address it listens on. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  readonly port: number;
  readonly handle: (request: StandinRequest) => Promise<StandinReply> | StandinReply;
  /** How a request counts in the ledger. */
  readonly classify: (request: StandinRequest) => RequestKind;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Asked at every request: a reply that is given instead (still booting), or undefined. */
  readonly bootReply?: (request: StandinRequest) => StandinReply | undefined;
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface HttpStandin {
  /** Opens the port; before that, connections are refused. @throws Node's EADDRINUSE */
  listen(): Promise<void>;
  /** Shuts the port and cuts every connection. May be opened again. */
  shut(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const flatHeaders = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

const send = (response: ServerResponse, reply: StandinReply): void => {
  const isRaw = typeof reply.body === 'string' || Buffer.isBuffer(reply.body);
  const hasType = Object.keys(reply.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
  const type = hasType || reply.body === undefined ? {} : { 'Content-Type': isRaw ? 'text/plain' : 'application/json' };
  response.writeHead(reply.status, { ...type, ...reply.headers });
  if (reply.body === undefined) response.end();
  else response.end(isRaw ? (reply.body as string | Buffer) : JSON.stringify(reply.body));
};

const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body><h1>Something is in the way</h1></body></html>\n';

/** The reply a fault gives; 'reset' when the connection is to be cut; undefined when the real answer follows. */
const faultReply = (rule: FaultRule): StandinReply | 'reset' | undefined => {
  const { effect } = rule;
  if (effect.kind === 'reset') return 'reset';
  if (effect.kind === 'html')
    return { status: effect.status, headers: { 'Content-Type': 'text/html' }, body: HTML_PAGE };
  if (effect.kind === 'status')
    return { status: effect.status, headers: effect.headers ?? {}, body: effect.body ?? '' };
  return undefined;
};

export const createHttpStandin = (options: HttpStandinOptions): HttpStandin => {
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', search = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
    const request: StandinRequest = {
      method: incoming.method ?? 'GET',
      path,
      query: new URLSearchParams(search),
      headers: flatHeaders(incoming),
      body: await readBody(incoming),
      remoteAddress: incoming.socket.remoteAddress ?? '',
    };
    const booting = options.bootReply?.(request);
    if (booting) return send(response, booting);
    options.ledger.count(options.classify(request), `${request.method} ${request.path}`);
    const fault = options.faults.take(`${request.method} ${request.path}`);
    const lateMs = fault?.effect.kind === 'delay' ? fault.effect.ms : 0;
    const late = () => new Promise((done) => setTimeout(done, lateMs));
    if (lateMs > 0 && !fault?.afterWork) await late();
    const instead = fault ? faultReply(fault) : undefined;
    const work = instead && !fault?.afterWork ? undefined : await options.handle(request);
    if (lateMs > 0 && fault?.afterWork) await late();
    if (instead === 'reset') return void incoming.socket.destroy();
    const reply = instead ?? work;
    if (reply) send(response, reply);
  };

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        const created = createServer((incoming, response) => {
          answer(incoming, response).catch((thrown: unknown) => {
            if (response.headersSent || incoming.socket.destroyed) return incoming.socket.destroy();
            send(response, {
              status: 500,
              body: `stand-in fault: ${thrown instanceof Error ? thrown.stack : String(thrown)}`,
            });
          });
        });
        created.keepAliveTimeout = 5_000;
        created.on('connection', (socket) => {
          sockets.add(socket);
          socket.on('close', () => sockets.delete(socket));
        });
        if (options.onUpgrade) created.on('upgrade', options.onUpgrade);
        created.once('error', reject);
        created.listen(options.port, options.host ?? '127.0.0.1', () => resolve());
        server = created;
      }),
    shut: () =>
      new Promise((resolve) => {
        if (!server) return resolve();
        const closing = server;
        server = undefined;
        closing.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

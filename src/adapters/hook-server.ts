/** The relay's HTTP server: a request in, an answer out; how large, how slow and how many is seen to here. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Clean } from '../values/words/clean.ts';

export interface HookRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names; repeated ones joined by comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined when there are more than `limit` bytes. */
  body(limit: number): Promise<string | undefined>;
}

export interface HookAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HookServerOptions {
  readonly port: number;
  readonly host?: string;
  readonly clean: Clean;
  readonly handle: (request: HookRequest) => Promise<HookAnswer>;
  /** Told what went wrong inside; the caller gets 503. */
  readonly onError: (thrown: unknown) => void;
}

export interface HookServer {
  readonly port: number;
  /** Takes no more requests; resolves when those on their way are answered, at most 5 s later. */
  close(): Promise<void>;
}

/** A forge gives up on a delivery after 10 s. */
const REQUEST_MS = 10_000;
const MOST_CONNECTIONS = 256;
const CLOSE_MS = 5_000;

const readBody = async (request: IncomingMessage, limit: number): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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

/** @throws ChatopsError PORT_TAKEN */
export const serveHooks = async ({ port, host, clean, handle, onError }: HookServerOptions): Promise<HookServer> => {
  const server = createServer((request, response) => {
    handle({
      method: request.method ?? '',
      url: request.url ?? '/',
      headers: flatHeaders(request),
      body: (limit) => readBody(request, limit),
    }).then(
      (answer) => send(request, response, answer, clean),
      (thrown: unknown) => {
        onError(thrown);
        send(request, response, { status: 503, body: { success: false, error: 'unavailable' } }, clean);
      },
    );
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ChatopsError('PORT_TAKEN', { what: `port ${port} cannot be opened`, why: cause.code ?? '', cause })),
    );
    server.listen(port, host, resolve);
  });
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

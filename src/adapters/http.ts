/** HTTP by node:http alone: one request, one connection, one answer; no pool that would keep a process alive. */
import { createHash, randomBytes } from 'node:crypto';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ConnectionOptions, SecureContext } from 'node:tls';
import type { Http, HttpRequest, HttpResponse } from '../contracts/http.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { lookupWithLoopback } from './lookup.ts';
import { codeOf, timedOut, unreachable } from './network-errors.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
/** RFC 6455 section 1.3. */
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** A masked close frame without a body (RFC 6455 section 5.2): FIN, opcode 8, MASK, mask of zeros. */
const CLOSE_FRAME = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);

type HttpDeps = Pick<Exchange, 'lookup' | 'trusted'>;

type Exchange = Pick<HttpRequest, 'url' | 'connectTo' | 'timeoutMs' | 'signal'> & {
  readonly method: string;
  readonly lookup: LookupFunction;
  readonly trusted: () => SecureContext | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

/** For messages: no user name, no password, no query. */
const describe = (method: string, url: URL): string => `${method} ${url.protocol}//${url.host}${url.pathname}`;

const parseUrl = (method: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new ChatopsError('INTERNAL', { what: `${method} needs an http or https URL` });
  }
  return url;
};

/** A name for TLS even when the connection goes elsewhere; addresses are not allowed there (RFC 6066 section 3). */
const tlsOptions = (hostname: string, secureContext: SecureContext | undefined): ConnectionOptions => ({
  ...(/^[\d.]+$|:/.test(hostname) ? {} : { servername: hostname }),
  ...(secureContext ? { secureContext } : {}),
});

const optionsFor = (exchange: Exchange, url: URL): RequestOptions => {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const own = { host: hostname, port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port) };
  return {
    ...(exchange.connectTo ?? own),
    method: exchange.method,
    path: `${url.pathname}${url.search}`,
    headers: { Host: url.host, ...exchange.headers },
    ...(url.protocol === 'https:' ? tlsOptions(hostname, exchange.trusted()) : {}),
    lookup: exchange.lookup,
    agent: false,
  };
};

const explain = (what: string, thrown: unknown): ChatopsError => {
  if (thrown instanceof ChatopsError) return thrown;
  // llhttp's codes: bytes came, but they are not HTTP.
  if (codeOf(thrown)?.startsWith('HPE_')) {
    return new ChatopsError('UNEXPECTED_ANSWER', { what, why: 'the answer is not HTTP', cause: thrown });
  }
  return unreachable(what, thrown);
};

/** Opens a request and lets `listen` settle it; timeout, cancelling, errors and the end of the socket are seen to here. */
const exchangeOnce = <T>(
  exchange: Exchange,
  body: string | undefined,
  listen: (request: ClientRequest, settle: { done: (value: T) => void; fail: (thrown: unknown) => void }) => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = exchange;
    if (signal?.aborted) return reject(signal.reason);
    const url = parseUrl(exchange.method, exchange.url);
    const what = `no answer to ${describe(exchange.method, url)}`;
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(optionsFor(exchange, url));
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const fail = (thrown: unknown) => end(() => reject(explain(what, thrown)));
    const abort = () => {
      end(() => reject(signal?.reason));
      request.destroy();
    };
    const timer = setTimeout(() => {
      fail(timedOut(what, timeoutMs));
      request.destroy();
    }, timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    request.on('error', fail);
    listen(request, { done: (value) => end(() => resolve(value)), fail });
    request.end(body);
  });

const flatHeaders = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );

const readBody = async (message: IncomingMessage, maxBytes: number): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      message.destroy();
      throw new ChatopsError('UNEXPECTED_ANSWER', { what: `the answer is larger than ${maxBytes} bytes` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const request = (asked: HttpRequest, deps: HttpDeps): Promise<HttpResponse> =>
  exchangeOnce(
    {
      ...asked,
      ...deps,
      headers: {
        ...(asked.body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(asked.body)) }),
        ...asked.headers,
      },
    },
    asked.body,
    (outgoing, { done, fail }) => {
      outgoing.on('response', (message) => {
        readBody(message, asked.maxBytes ?? DEFAULT_MAX_BYTES).then(
          (body) => done({ status: message.statusCode ?? 0, headers: flatHeaders(message), body }),
          fail,
        );
      });
      // A protocol switch nobody asked for is an answer all the same.
      outgoing.on('upgrade', (message, socket) => {
        socket.destroy();
        done({ status: message.statusCode ?? 0, headers: flatHeaders(message), body: '' });
      });
    },
  );

const upgrade = (asked: Parameters<Http['upgrade']>[0], deps: HttpDeps): Promise<number> => {
  const key = randomBytes(16).toString('base64');
  const accept = createHash('sha1').update(`${key}${WEBSOCKET_GUID}`).digest('base64');
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Key': key,
    'Sec-WebSocket-Version': '13',
  };
  return exchangeOnce<number>({ ...asked, ...deps, method: 'GET', headers }, undefined, (outgoing, { done, fail }) => {
    outgoing.on('response', (message) => {
      message.destroy();
      done(message.statusCode ?? 0);
    });
    outgoing.on('upgrade', (message, socket) => {
      socket.on('error', () => undefined);
      socket.end(CLOSE_FRAME, () => socket.destroy());
      if (message.headers['sec-websocket-accept'] === accept) return done(101);
      fail(
        new ChatopsError('UNEXPECTED_ANSWER', {
          what: 'the WebSocket upgrade was accepted with a wrong handshake key',
        }),
      );
    });
  });
};

/**
 * @param lookup how names become addresses; default: as on a workstation, `.localhost` is the loopback
 * @param trusted what TLS trusts; default: what Node does
 */
export const createHttp = (
  lookup: LookupFunction = lookupWithLoopback,
  trusted: () => SecureContext | undefined = () => undefined,
): Http => ({
  request: (asked) => request(asked, { lookup, trusted }),
  upgrade: (asked) => upgrade(asked, { lookup, trusted }),
});

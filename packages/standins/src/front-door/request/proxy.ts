/** Hands a request to a back end and its answer back, bodies as they come, protocols switched where both want it. */

import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import { afterReal } from '../../kit/real-time.ts';
import type { ServerContext } from '../../standin.ts';
import type { ProxyPass, Settings } from '../config/model.ts';
import type { Values } from '../config/template.ts';
import { addedHeaders } from './answer.ts';
import { hasBody, limitBody, readBody, TOO_LARGE } from './body.ts';
import type { Exchange, Reply } from './exchange.ts';
import { answerHeaders, linesOf, requestHeaders } from './headers.ts';
import { joinSockets } from './tunnel.ts';
import type { RequestValues } from './values.ts';

export interface BackEnd {
  readonly host: string;
  readonly port: number;
  /** As written in the configuration, with the port where it has one. */
  readonly authority: string;
}

/** Undefined: no such host, a 502. */
export const findBackEnd = (
  { url }: ProxyPass,
  values: Values,
  lookup: ServerContext['lookup'],
): BackEnd | undefined => {
  const groups = /^http:\/\/(?<authority>(?<host>\[[^\]]+\]|[^:/]+)(?::(?<port>\d+))?)$/.exec(url(values))?.groups;
  if (groups?.host === undefined || groups.authority === undefined) return undefined;
  const host = groups.host.replace(/^\[|\]$/g, '');
  const port = Number(groups.port ?? 80);
  const { authority } = groups;
  if (isIP(host) !== 0) return { host, port, authority };
  const place = lookup(host, port);
  return place === undefined ? undefined : { ...place, authority };
};

/** The client's body, or what is known about it. */
type Body = { readonly whole: Buffer } | { readonly length: number | undefined } | undefined;

const takeBody = async (exchange: Exchange, settings: Settings): Promise<Body | typeof TOO_LARGE> => {
  if (!hasBody(exchange)) return exchange.request.method === 'POST' ? { whole: Buffer.alloc(0) } : undefined;
  exchange.takeBody();
  if (!settings.buffersRequest) {
    const length = exchange.request.headers['content-length'];
    return { length: length === undefined ? undefined : Number(length) };
  }
  const whole = await readBody(exchange, settings.maxBodyBytes);
  return whole === TOO_LARGE ? TOO_LARGE : { whole };
};

const lengthOf = (body: Body): number | undefined | null => {
  if (body === undefined) return null;
  return 'whole' in body ? body.whole.length : body.length;
};

const sendBody = (
  exchange: Exchange,
  settings: Settings,
  body: Body,
  outgoing: ClientRequest,
  tooLarge: () => void,
): void => {
  if (body === undefined) return void outgoing.end();
  if ('whole' in body) return void outgoing.end(body.whole);
  // A client that goes away ends the request to the back end too.
  pipeline(exchange.request, limitBody(settings.maxBodyBytes, tooLarge), outgoing, () => undefined);
};

const passAnswer = (
  exchange: Exchange,
  settings: Settings,
  { values, set }: RequestValues,
  backEnd: BackEnd,
  answer: IncomingMessage,
): void => {
  const status = answer.statusCode ?? 502;
  for (const [name, value] of linesOf(answer.rawHeaders)) {
    set(`upstream_http_${name.toLowerCase().replaceAll('-', '_')}`, value);
  }
  // `proxy_redirect default`: what the back end calls itself becomes this server's root; not with variables.
  const own = settings.proxyPass?.hasVariables ? undefined : `http://${backEnd.authority}/`;
  const place = (text: string) => (own !== undefined && text.startsWith(own) ? `/${text.slice(own.length)}` : text);
  const headers = answerHeaders(
    linesOf(answer.rawHeaders).filter(([name]) => !settings.hiddenHeaders.has(name.toLowerCase())),
    addedHeaders(settings, status, values),
    place,
  );
  const response = exchange.response();
  response.writeHead(status, answer.statusMessage ?? '', headers.flat());
  pipeline(answer, response, (failed) => {
    if (failed) exchange.request.socket.destroy();
  });
};

/** Resolves to a reply when there is no answer of the back end to pass on; to undefined when it has been passed on. */
export const passToBackEnd = async (
  exchange: Exchange,
  settings: Settings,
  backEnd: BackEnd,
  request: RequestValues,
): Promise<Reply | undefined> => {
  const { values } = request;
  const body = await takeBody(exchange, settings);
  if (body === TOO_LARGE) return { status: 413 };
  return new Promise((resolve) => {
    const client = linesOf(exchange.request.rawHeaders);
    const outgoing = httpRequest({
      host: backEnd.host,
      port: backEnd.port,
      method: exchange.request.method,
      path: exchange.target,
      headers: requestHeaders(client, settings, values, backEnd.authority, lengthOf(body)).flat(),
      agent: false,
    });
    let answered = false;
    const giveUp = (status: number) => {
      stopConnecting();
      outgoing.destroy();
      if (!answered) resolve({ status });
      else exchange.request.socket.destroy();
      answered = true;
    };
    const stopConnecting = afterReal(settings.proxyConnectMs, () => giveUp(504));
    outgoing.on('socket', (socket) => socket.once('connect', () => stopConnecting()));
    outgoing.setTimeout(settings.proxyReadMs, () => giveUp(504));
    outgoing.on('error', () => giveUp(502));
    outgoing.on('response', (answer) => {
      answered = true;
      passAnswer(exchange, settings, request, backEnd, answer);
      resolve(undefined);
    });
    outgoing.on('upgrade', (answer, socket, head) => {
      if (exchange.upgrade === undefined) return giveUp(502);
      answered = true;
      joinSockets(
        exchange.upgrade,
        { socket, head, answer },
        addedHeaders(settings, 101, values),
        settings.proxyReadMs,
      );
      resolve(undefined);
    });
    const { socket: connection } = exchange.request;
    const clientLeft = () => {
      stopConnecting();
      outgoing.destroy();
    };
    connection.once('close', clientLeft);
    // A connection that is kept carries many requests: it forgets each that is over.
    outgoing.once('close', () => connection.off('close', clientLeft));
    sendBody(exchange, settings, body, outgoing, () => giveUp(413));
  });
};

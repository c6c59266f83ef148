/** Sends what is not a back end's answer: nginx's own pages, texts of `return`, files. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Settings } from '../config/model.ts';
import type { Values } from '../config/template.ts';
import type { Exchange, Reply } from './exchange.ts';

/** Statuses to which `add_header` applies without `always` (nginx.org/en/docs/http/ngx_http_headers_module.html). */
const ADDED_TO = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

export const addedHeaders = (
  settings: Settings,
  status: number,
  values: Values,
): readonly (readonly [string, string])[] =>
  settings.addHeaders.flatMap(({ name, value, always }) => {
    const text = value(values);
    return text !== '' && (always || ADDED_TO.has(status)) ? [[name, text] as const] : [];
  });

const page = (status: number): string => {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>\r\n`;
};

/** `/x` becomes an address of this server, as nginx's absolute_redirect (on by default) has it. */
export const absolute = ({ scheme, host, request }: Exchange, place: string): string => {
  if (!place.startsWith('/')) return place;
  const port = request.socket.localPort;
  const usual = port === undefined || port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${host}${usual ? '' : `:${port}`}${place}`;
};

/** For what is no request of any server: no header of a configuration is added. */
export const refuseRequest = (response: ServerResponse): void => {
  const body = page(400);
  const headers = {
    Server: 'nginx',
    'Content-Type': 'text/html',
    'Content-Length': String(body.length),
    Connection: 'close',
  };
  response.writeHead(400, headers).end(body);
};

export const sendReply = (exchange: Exchange, settings: Settings, reply: Reply, values: Values): void => {
  const response = exchange.response();
  const body = reply.body ?? page(reply.status);
  const bare = reply.status === 304 || reply.status === 204;
  const headers = [
    ['Server', 'nginx'],
    ...(bare
      ? []
      : [
          ['Content-Type', reply.type ?? 'text/html'],
          ['Content-Length', String(Buffer.byteLength(body))],
        ]),
    ...(reply.headers ?? []).map(([name, value]) => [name, name === 'Location' ? absolute(exchange, value) : value]),
    ...addedHeaders(settings, reply.status, values),
    ...(exchange.upgrade || !exchange.request.complete ? [['Connection', 'close']] : []),
  ];
  response.writeHead(reply.status, STATUS_CODES[reply.status] ?? '', headers.flat());
  response.end(bare ? undefined : body);
  // A body nobody wanted is read away, so that the client gets to see the answer.
  exchange.request.resume();
};

/** Values of nginx's variables for one request (nginx.org/en/docs/http/ngx_http_core_module.html#variables). */
import type { DoorConfig } from '../config/model.ts';
import type { Values } from '../config/template.ts';
import { clientAddress } from './client-address.ts';
import type { Exchange } from './exchange.ts';

export interface RequestValues {
  readonly values: Values;
  set(variable: string, value: string): void;
  /** After an internal redirect. */
  moveTo(path: string): void;
}

const headerOf = ({ request }: Exchange, name: string): string => request.headersDistinct[name]?.join(', ') ?? '';

const queryOf = ({ target }: Exchange): string => target.split(/\?(.*)/s)[1] ?? '';

/** IPv4 clients of a socket for both families come as `::ffff:127.0.0.1`. */
const remoteAddress = ({ request }: Exchange): string => (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');

const clientOf = (exchange: Exchange, { realIp }: Pick<DoorConfig, 'realIp'>): string => {
  const connected = remoteAddress(exchange);
  return realIp === undefined ? connected : clientAddress(connected, headerOf(exchange, realIp.header), realIp);
};

const builtIn = (exchange: Exchange, client: string): Readonly<Record<string, () => string>> => ({
  args: () => queryOf(exchange),
  query_string: () => queryOf(exchange),
  is_args: () => (queryOf(exchange) === '' ? '' : '?'),
  content_length: () => headerOf(exchange, 'content-length'),
  content_type: () => headerOf(exchange, 'content-type'),
  host: () => exchange.host,
  hostname: () => exchange.server.name,
  https: () => (exchange.scheme === 'https' ? 'on' : ''),
  remote_addr: () => client,
  // Only ever a key: four or sixteen bytes there, the text here.
  binary_remote_addr: () => client,
  realip_remote_addr: () => remoteAddress(exchange),
  remote_port: () => String(exchange.request.socket.remotePort ?? ''),
  proxy_add_x_forwarded_for: () => [headerOf(exchange, 'x-forwarded-for'), client].filter(Boolean).join(', '),
  request_method: () => exchange.request.method ?? '',
  request_uri: () => exchange.target,
  scheme: () => exchange.scheme,
  server_name: () => exchange.server.name,
  server_port: () => String(exchange.request.socket.localPort ?? ''),
  server_protocol: () => `HTTP/${exchange.request.httpVersion}`,
});

/** What values follow from beside the request. */
export type ValueTables = Pick<DoorConfig, 'maps' | 'geos' | 'realIp'>;

export const createValues = (exchange: Exchange, path: string, tables: ValueTables): RequestValues => {
  const { maps, geos } = tables;
  const own = new Map<string, string>();
  const known = builtIn(exchange, clientOf(exchange, tables));
  let uri = path;
  const values: Values = (name) => {
    const found = own.get(name);
    if (found !== undefined) return found;
    if (name === 'uri' || name === 'document_uri') return uri;
    const map = maps.get(name);
    if (map !== undefined) {
      const source = map.source(values);
      const value =
        map.exact.get(source.toLowerCase()) ??
        map.patterns.find(({ pattern }) => pattern.test(source))?.value ??
        map.otherwise;
      return value(values);
    }
    const geo = geos.get(name);
    if (geo !== undefined) {
      const address = geo.source(values);
      return geo.ranges.find(({ range }) => range.holds(address))?.value ?? geo.otherwise;
    }
    if (name.startsWith('http_')) return headerOf(exchange, name.slice(5).replaceAll('_', '-'));
    if (name.startsWith('arg_'))
      return new RegExp(`(?:^|&)${name.slice(4)}=([^&]*)`, 'i').exec(queryOf(exchange))?.[1] ?? '';
    return known[name]?.() ?? '';
  };
  return {
    values,
    set: (variable, value) => void own.set(variable, value),
    moveTo: (to) => {
      uri = to;
    },
  };
};

/** Which server and which location a request belongs to. Pure. */
import type { Location, Socket, VirtualServer } from '../config/model.ts';

/** Host header or authority without its port, in lower case; undefined when it is none. */
export const hostOf = (header: string): string | undefined => {
  const groups = /^(?<host>\[[\da-f:.]+\]|[^\s/\\:@]*)(?::\d*)?$/i.exec(header)?.groups;
  return groups?.host?.toLowerCase().replace(/\.$/, '');
};

/** The server whose wildcard covers most of the name. */
const longest = (
  found: readonly { readonly server: VirtualServer; readonly length: number }[],
): VirtualServer | undefined => [...found].sort((a, b) => b.length - a.length).at(0)?.server;

/** nginx.org/en/docs/http/server_names.html: exact, longest leading wildcard, longest trailing one, first pattern. */
export const chooseServer = (socket: Socket, host: string): VirtualServer | undefined => {
  const all = socket.servers.flatMap((server) => server.names.map((name) => ({ server, name })));
  const leading = all.flatMap(({ server, name }) =>
    name.kind === 'leading' && host.endsWith(name.suffix) ? [{ server, length: name.suffix.length }] : [],
  );
  const trailing = all.flatMap(({ server, name }) =>
    name.kind === 'trailing' && host.startsWith(name.prefix) ? [{ server, length: name.prefix.length }] : [],
  );
  return (
    all.find(({ name }) => name.kind === 'exact' && name.name === host)?.server ??
    longest(leading) ??
    longest(trailing) ??
    all.find(({ name }) => name.kind === 'pattern' && name.pattern.test(host))?.server ??
    socket.servers[0]
  );
};

/** Undefined for a % that begins no byte. Bytes that are no UTF-8 are kept as well as they can be. */
const percentDecoded = (path: string): string | undefined => {
  if (/%(?![\da-f]{2})/i.test(path)) return undefined;
  const bytes = path
    .split(/(%[\da-f]{2})/i)
    .map((part) => (/^%[\da-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8')));
  return Buffer.concat(bytes).toString('utf8');
};

/** Decoded, `.` and `..` taken out, slashes merged: what locations are compared with. Undefined: 400. */
export const normalisePath = (target: string): string | undefined => {
  const decoded = percentDecoded(target.split(/[?#]/)[0] ?? '');
  if (decoded === undefined || !decoded.startsWith('/') || decoded.includes('\0')) return undefined;
  const kept: string[] = [];
  const parts = decoded.split('/').slice(1);
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.pop() === undefined) return undefined;
  }
  const last = parts.at(-1) ?? '';
  const isFolder = last === '' || last === '.' || last === '..';
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`;
};

/**
 * nginx.org/en/docs/http/ngx_http_core_module.html#location: an exact one, else the longest prefix unless a pattern
 * fits first; `^~` keeps patterns out.
 */
export const chooseLocation = (server: VirtualServer, path: string): Location | undefined => {
  const { locations } = server;
  const exact = locations.find(({ match }) => match.kind === 'exact' && match.path === path);
  if (exact) return exact;
  const prefix = locations
    .flatMap((location) =>
      location.match.kind === 'prefix' && path.startsWith(location.match.path)
        ? [{ location, length: location.match.path.length, stops: location.match.stops }]
        : [],
    )
    .sort((a, b) => b.length - a.length)
    .at(0);
  if (prefix?.stops) return prefix.location;
  return locations.find(({ match }) => match.kind === 'pattern' && match.pattern.test(path)) ?? prefix?.location;
};

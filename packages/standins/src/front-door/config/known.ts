/** Which directive is known at which level; any other is refused by its name. */
import type { Directive } from './parse.ts';
import { cannotObey } from './refusal.ts';
import { isSetting } from './settings.ts';

/** About processes, logs, files for bodies, tables and how bytes are sent: nothing a client could see. */
const ABOUT_THE_PROCESS = new Set([
  'access_log',
  'client_body_temp_path',
  'daemon',
  'error_log',
  'events',
  'fastcgi_temp_path',
  'log_format',
  'pid',
  'proxy_temp_path',
  'scgi_temp_path',
  'sendfile',
  'server_names_hash_bucket_size',
  'server_names_hash_max_size',
  'tcp_nodelay',
  'tcp_nopush',
  'types_hash_max_size',
  'user',
  'uwsgi_temp_path',
  'worker_processes',
]);

/** Names are resolved by the engine, newly each time; TLS versions and sessions are Node's. */
const DONE_ANYWAY = new Set([
  'resolver',
  'resolver_timeout',
  'ssl_ciphers',
  'ssl_prefer_server_ciphers',
  'ssl_protocols',
  'ssl_session_cache',
  'ssl_session_tickets',
  'ssl_session_timeout',
]);

const HANDLED_ABOVE: Readonly<Record<'main' | 'http' | 'server' | 'location', ReadonlySet<string>>> = {
  main: new Set(['http']),
  http: new Set([
    'server',
    'geo',
    'map',
    'real_ip_header',
    'real_ip_recursive',
    'set_real_ip_from',
    'keepalive_timeout',
    'limit_req_zone',
    'server_tokens',
    'ssl_certificate',
    'ssl_certificate_key',
  ]),
  server: new Set([
    ...['listen', 'server_name', 'location', 'set', 'return'],
    ...['ssl_certificate', 'ssl_certificate_key', 'ssl_reject_handshake'],
  ]),
  location: new Set(['internal', 'limit_except', 'set', 'return']),
};

/** @throws StandinError CONFIGURATION_UNSUPPORTED naming the directive and its line */
export const refuseUnknown = (level: keyof typeof HANDLED_ABOVE, directives: readonly Directive[]): void => {
  for (const { name, line } of directives) {
    const known =
      HANDLED_ABOVE[level].has(name) ||
      ABOUT_THE_PROCESS.has(name) ||
      (level !== 'main' && (DONE_ANYWAY.has(name) || isSetting(name)));
    if (!known) throw cannotObey(`the directive "${name}" is not known in ${level}`, line);
  }
};

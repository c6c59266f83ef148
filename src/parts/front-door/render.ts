/** `nginx/nginx.conf` and the pages it serves. */

import type { RenderedFile, Renderer } from '../../contracts/renderer.ts';
import { GENERATED } from '../../render/generated.ts';
import type { Stack } from '../../stack/stack.ts';
import { logEntries } from './render/access-log.ts';
import { forwardedEntries } from './render/forwarded.ts';
import { LOGINS, type Logins, limitEntries } from './render/limits.ts';
import { block, comment, directive, type Entry, emptyLine, nginxText } from './render/nginx-syntax.ts';
import { staticPages } from './render/pages.ts';
import { headerEntries } from './render/security-headers.ts';
import { containerTarget, type NginxTarget } from './render/target.ts';
import { virtualHosts } from './render/virtual-hosts.ts';

const mainEntries = ({ process }: NginxTarget): readonly Entry[] => [
  comment(GENERATED),
  directive('worker_processes', process.workers),
  directive('pid', process.pid),
  directive('error_log', process.errorLog, 'warn'),
  ...(process.daemon === undefined ? [] : [directive('daemon', process.daemon ? 'on' : 'off')]),
  ...(process.user === undefined ? [] : [directive('user', process.user)]),
  emptyLine,
  block('events', [], [directive('worker_connections', '1024')]),
  emptyLine,
];

const TYPES = block(
  'types',
  [],
  [directive('text/html', 'html'), directive('text/css', 'css'), directive('image/svg+xml', 'svg')],
);

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

const temporaryEntries = ({ process }: NginxTarget): readonly Entry[] =>
  process.temporary === undefined
    ? []
    : TEMPORARY.map((kind) => directive(`${kind}_temp_path`, `${process.temporary}/${kind}`));

const lookupEntries = ({ resolver }: NginxTarget): readonly Entry[] =>
  resolver === undefined
    ? []
    : [directive('resolver', resolver, 'valid=5s', 'ipv6=off'), directive('resolver_timeout', '3s')];

/** Mozilla's intermediate profile (Server Side TLS 5.7), without the ciphers that want a file of parameters. */
const CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

const PROTOCOLS: readonly Entry[] = [
  directive('ssl_protocols', 'TLSv1.2', 'TLSv1.3'),
  directive('ssl_ciphers', CIPHERS.join(':')),
  directive('ssl_prefer_server_ciphers', 'off'),
  directive('ssl_session_timeout', '1d'),
  directive('ssl_session_cache', 'shared:tls:1m'),
  directive('ssl_session_tickets', 'off'),
];

const tlsEntries = ({ tls }: NginxTarget): readonly Entry[] =>
  tls ? [directive('ssl_certificate', tls.certificate), directive('ssl_certificate_key', tls.key), ...PROTOCOLS] : [];

const httpEntries = (stack: Stack, target: NginxTarget, logins: Logins): readonly Entry[] => [
  TYPES,
  directive('default_type', 'application/octet-stream'),
  ...logEntries(stack, target),
  ...temporaryEntries(target),
  directive('server_tokens', 'off'),
  directive('sendfile', 'on'),
  directive('keepalive_timeout', '65s'),
  // Room for the longest host name there can be (RFC 1035: 253 characters).
  directive('server_names_hash_bucket_size', '512'),
  ...lookupEntries(target),
  ...tlsEntries(target),
  ...limitEntries(logins),
  ...headerEntries,
  ...forwardedEntries(stack),
  emptyLine,
  ...virtualHosts(stack, target, logins),
];

/** Path in the stack directory. */
export const NGINX_CONF = 'nginx/nginx.conf';

/**
 * @param logins how often an address may try passwords
 * @throws ChatopsError CONFIG_INVALID for what nginx's language cannot hold
 */
export const nginxConf = (stack: Stack, target: NginxTarget, logins: Logins = LOGINS): string =>
  nginxText([...mainEntries(target), block('http', [], httpEntries(stack, target, logins))]);

/** nginx.conf for an nginx at these places; the pages it serves are the same everywhere and come with `nginxRenderer`. */
export const renderNginx = (stack: Stack, target: NginxTarget): readonly RenderedFile[] => [
  { path: NGINX_CONF, text: nginxConf(stack, target) },
];

export const nginxRenderer: Renderer = {
  id: 'nginx',
  render: (input) => [...renderNginx(input.stack, containerTarget(input.stack)), ...staticPages(input)],
};

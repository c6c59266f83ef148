/** What back ends hear of a client: what the front door knows, never what the client claims about itself. */
import type { Stack } from '../../../stack/stack.ts';
import { comment, directive, type Entry, pattern, variable } from './nginx-syntax.ts';
import { DOOR_PORT_NUMBER, DOOR_SCHEME, FROM_PROXY, outerProxyEntries } from './outer-proxy.ts';

/** The port that belongs after a name in an address: `:8080`; empty where the scheme means it. */
const portIn = (url: string): string => /:\d+$/.exec(url)?.[0] ?? '';

const publicPort = ({ hosts }: Pick<Stack, 'hosts'>): string => hosts.map(({ url }) => portIn(url))[0] ?? '';

const HOST = '$host$door_port';

/** Programs and proxies read these, and believe them (RFC 7239 and what came before it; CVE-2016-5385 for `Proxy`). */
const CLAIMS = [
  'Forwarded',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'X-Forwarded-Ssl',
  'X-Forwarded-Scheme',
  'X-Original-URL',
  'X-Original-Host',
  'X-Rewrite-URL',
  'X-Sendfile-Type',
  'X-Accel-Mapping',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'Client-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
  'Proxy',
];

/**
 * A name and a port that are ours, whatever the request line and the Host header say: forms compare them with the page's
 * origin. Without TLS a request to a stack with TLS can only be one of its own containers; one that comes past a proxy of
 * others came by our own port.
 */
const doorPort = (stack: Pick<Stack, 'hosts' | 'door'>): Entry => {
  const { inside, outer, tls } = stack.door;
  const published = publicPort(stack);
  if (outer) return variable('$door_port', FROM_PROXY, inside === 80 ? '' : `:${inside}`, [['1', published]]);
  return tls
    ? variable('$door_port', '$https', `:${inside}`, [['on', published]])
    : variable('$door_port', '$https', published, []);
};

/** Only a WebSocket is let through to another protocol; without one the connection to the back end ends with the answer. */
const UPGRADE: readonly Entry[] = [
  variable('$upgrade_to', '$http_upgrade', '', [['~*^websocket$', 'websocket']]),
  variable('$connection_upgrade', '$upgrade_to', 'close', [['websocket', 'upgrade']]),
];

/** Behind a proxy of others `$scheme` is how that one asks us, which says nothing of the client. */
const schemeTold = ({ door: { outer } }: Pick<Stack, 'door'>): string => (outer ? DOOR_SCHEME : '$scheme');

/** A proxy of others is one more that programs may want to know the port of; otherwise Host says it. */
const portTold = ({ door: { outer } }: Pick<Stack, 'door'>): readonly Entry[] =>
  outer ? [directive('proxy_set_header', 'X-Forwarded-Port', pattern(DOOR_PORT_NUMBER))] : [];

const claims = ({ door: { outer } }: Pick<Stack, 'door'>): readonly string[] =>
  CLAIMS.filter((name) => !(outer && name === 'X-Forwarded-Port'));

/** For all that is passed on: a host that sets a header of its own to its back end would inherit none of these. */
export const forwardedEntries = (stack: Pick<Stack, 'hosts' | 'door'>): readonly Entry[] => [
  ...outerProxyEntries(stack.door),
  doorPort(stack),
  ...UPGRADE,
  directive('proxy_http_version', '1.1'),
  directive('proxy_set_header', 'Host', pattern(HOST)),
  directive('proxy_set_header', 'X-Real-IP', pattern('$remote_addr')),
  directive('proxy_set_header', 'X-Forwarded-For', pattern('$remote_addr')),
  directive('proxy_set_header', 'X-Forwarded-Proto', pattern(schemeTold(stack))),
  directive('proxy_set_header', 'X-Forwarded-Host', pattern(HOST)),
  ...portTold(stack),
  directive('proxy_set_header', 'Upgrade', pattern('$upgrade_to')),
  directive('proxy_set_header', 'Connection', pattern('$connection_upgrade')),
  comment('claims of the client that a back end would believe'),
  ...claims(stack).map((name) => directive('proxy_set_header', name, '')),
  comment('an open WebSocket or a long clone is silent for a while'),
  directive('proxy_read_timeout', '3600s'),
  directive('proxy_send_timeout', '3600s'),
  directive('proxy_connect_timeout', '5s'),
];

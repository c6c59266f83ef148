/** What each virtual host answers, in the order of the stack. */
import { insideName } from '../../../stack/names.ts';
import type { HostSpec, ProxySpec, Stack } from '../../../stack/stack.ts';
import type { Logins } from './limits.ts';
import { block, comment, directive, type Entry, pattern, word } from './nginx-syntax.ts';
import { proxyEntries } from './proxy.ts';
import { pageHeaders } from './security-headers.ts';
import type { NginxTarget } from './target.ts';

const passedOn = ({ upstream, ...proxy }: ProxySpec, target: NginxTarget, logins: Logins): readonly Entry[] =>
  proxyEntries({ ...proxy, upstream: target.upstream(upstream.service, upstream.port) }, target.htmlRoot, logins);

/** Static pages; the header is what a probe knows them by. */
const pages = ({ label }: HostSpec, { htmlRoot }: NginxTarget): readonly Entry[] => [
  directive('root', `${htmlRoot}/${label}`),
  directive('index', 'index.html'),
  directive('add_header', 'X-Chatops-Vhost', label, 'always'),
  ...pageHeaders,
];

const contentOf = (host: HostSpec, target: NginxTarget, logins: Logins): readonly Entry[] =>
  host.content.kind === 'proxy' ? passedOn(host.content, target, logins) : pages(host, target);

const serving = (listen: readonly string[], names: readonly string[], entries: readonly Entry[]): Entry =>
  block(
    'server',
    [],
    [
      ...listen.map((address) => directive('listen', ...address.split(' '))),
      directive('server_name', ...names),
      ...entries,
    ],
  );

/** With TLS the published plain port only sends people on; the name is ours, never one the client sent. */
const redirecting = (listen: string, name: string, url: string): Entry =>
  serving([listen], [name], [directive('return', '301', word(url, pattern('$request_uri')))]);

/** Containers of the stack come without TLS, some of them under the other name. */
const virtualHost = (host: HostSpec, inside: string, target: NginxTarget, logins: Logins): readonly Entry[] => {
  const { listen } = target;
  const { name, url } = host;
  const addresses = listen.https === undefined ? [listen.inside] : [`${listen.https} ssl`, listen.inside];
  return [
    serving(addresses, [name, inside], contentOf(host, target, logins)),
    ...(listen.https === undefined ? [] : [redirecting(listen.http, name, url)]),
  ];
};

/** Requests with another name, or none, learn nothing about the stack. */
const unknownHost = ({ listen }: NginxTarget): Entry => {
  const plain = [...new Set([listen.http, listen.inside])].map((address) => `${address} default_server`);
  return serving(
    plain,
    ['_'],
    [directive('default_type', 'text/plain'), directive('return', '404', 'no such host here')],
  );
};

/** Not even the certificate, and the names in it, are shown. */
const unknownName = ({ listen }: NginxTarget): readonly Entry[] =>
  listen.https === undefined
    ? []
    : [serving([`${listen.https} ssl default_server`], ['_'], [directive('ssl_reject_handshake', 'on')])];

export const virtualHosts = (
  stack: Pick<Stack, 'name' | 'hosts'>,
  target: NginxTarget,
  logins: Logins,
): readonly Entry[] => [
  comment('a name that is not ours'),
  unknownHost(target),
  ...unknownName(target),
  ...stack.hosts.flatMap((host) => virtualHost(host, insideName(stack, host.label), target, logins)),
];

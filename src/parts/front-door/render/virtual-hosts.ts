/** What each virtual host answers, in the order chat, git, www, hom. */
import { PORTS } from '../../../stack/names.ts';
import { hostName, servedHosts } from '../../../stack/public-urls.ts';
import type { Stack, VirtualHost } from '../../../stack/stack.ts';
import { block, comment, directive, type Entry, pattern, word } from './nginx-syntax.ts';
import type { NginxPlaces } from './places.ts';
import { proxyEntries, startingPage } from './proxy.ts';

/** GitLab's health answers are for the stack's own network; elsewhere under `/-/` are pages for people. */
const CLOSED_GITLAB_PATHS = '^/(-/(health|liveness|readiness|metrics)|health_check)(/|$)';

const chat = (places: NginxPlaces): readonly Entry[] => [
  ...startingPage(places.htmlRoot),
  // Rocket.Chat's own limit for uploads is 100 MB by default; above it, its message is better than nginx's.
  ...proxyEntries({
    upstream: places.upstream('rocketchat', PORTS.rocketchat),
    maxBodySize: '200m',
    streams: false,
  }),
];

const git = (places: NginxPlaces): readonly Entry[] => [
  ...startingPage(places.htmlRoot),
  block('location', ['~', pattern(CLOSED_GITLAB_PATHS)], [directive('return', '404')]),
  ...proxyEntries({ upstream: places.upstream('gitlab', PORTS.gitlab), maxBodySize: '0', streams: true }),
];

/** Static pages; the header is what a probe knows them by. */
const pages = (host: 'www' | 'hom', { htmlRoot }: NginxPlaces): readonly Entry[] => [
  directive('root', `${htmlRoot}/${host}`),
  directive('index', 'index.html'),
  directive('add_header', 'X-Chatops-Vhost', host, 'always'),
];

const CONTENT: Readonly<Record<VirtualHost, (places: NginxPlaces) => readonly Entry[]>> = {
  chat,
  git,
  www: (places) => pages('www', places),
  hom: (places) => pages('hom', places),
};

const serving = (listen: readonly string[], name: string, entries: readonly Entry[]): Entry =>
  block(
    'server',
    [],
    [
      ...listen.map((address) => directive('listen', ...address.split(' '))),
      directive('server_name', name),
      ...entries,
    ],
  );

/** With TLS the published plain port only sends people on; the name is ours, never one the client sent. */
const redirecting = (listen: string, name: string, url: string): Entry =>
  serving([listen], name, [directive('return', '301', word(url, pattern('$request_uri')))]);

const virtualHost = (stack: Stack, places: NginxPlaces, host: VirtualHost): readonly Entry[] => {
  const { listen } = places;
  const name = hostName(stack.config, host);
  const url = stack.publicUrls[host] ?? '';
  const addresses = listen.https === undefined ? [listen.inside] : [`${listen.https} ssl`, listen.inside];
  return [
    serving(addresses, name, CONTENT[host](places)),
    ...(listen.https === undefined ? [] : [redirecting(listen.http, name, url)]),
  ];
};

/** Whoever comes with another name, or none, learns nothing about the stack. */
const unknownHost = ({ listen }: NginxPlaces): Entry => {
  const plain = [...new Set([listen.http, listen.inside])].map((address) => `${address} default_server`);
  return block(
    'server',
    [],
    [
      ...[...plain, ...(listen.https === undefined ? [] : [`${listen.https} ssl default_server`])].map((address) =>
        directive('listen', ...address.split(' ')),
      ),
      directive('server_name', '_'),
      directive('default_type', 'text/plain'),
      directive('return', '404', 'no such host here'),
    ],
  );
};

export const virtualHosts = (stack: Stack, places: NginxPlaces): readonly Entry[] => [
  comment('a name that is not ours'),
  unknownHost(places),
  ...servedHosts(stack.config).flatMap((host) => virtualHost(stack, places, host)),
];

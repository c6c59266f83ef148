import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import type { Draft } from '../../contracts/part.ts';
import type { AllOfSpec } from '../../probes/all-of.ts';
import type { HttpSpec } from '../../probes/http.ts';
import { frontDoor } from '../../stack/front-door.ts';
import { insideName } from '../../stack/names.ts';
import type { Endpoint, Gate, HostSpec, ServiceNode, VolumeMount } from '../../stack/stack.ts';
import { stackFile } from '../../stack/stack-file.ts';
import { throughDoorMs } from '../../stack/timeouts.ts';
import type { NginxVhostSpec } from './probes/nginx-vhost.ts';

export const TLS_TARGETS = { certificate: '/etc/nginx/tls/cert.pem', key: '/etc/nginx/tls/key.pem' } as const;

/** Docker's DNS server, in every container on a network of one's own (docs.docker.com/engine/network/#dns-services). */
export const DOCKER_RESOLVER = '127.0.0.11';

/** The shortest deadline of a door, ms. */
const AT_LEAST_MS = 600_000;

const volumes = ({ tls }: Config): readonly VolumeMount[] => [
  { source: './nginx/nginx.conf', target: '/etc/nginx/nginx.conf', readOnly: true },
  { source: './nginx/html', target: '/usr/share/nginx/html', readOnly: true },
  ...(tls
    ? [
        { source: stackFile(tls.certificate), target: TLS_TARGETS.certificate, readOnly: true },
        { source: stackFile(tls.key), target: TLS_TARGETS.key, readOnly: true },
      ]
    : []),
];

/** nginx has no way to be told of a DNS server but its configuration, which is the same for every engine. */
const COMMAND_BY_RESOLV_CONF = [
  'sh',
  '-c',
  [
    'set -e',
    "server=$(sed -n 's/^nameserver //p' /etc/resolv.conf | head -n 1)",
    `sed "s/resolver ${DOCKER_RESOLVER.replaceAll('.', '[.]')} /resolver $server /" /etc/nginx/nginx.conf > /tmp/nginx.conf`,
    "exec nginx -c /tmp/nginx.conf -g 'daemon off;'",
  ].join('; '),
];

const vhostProbe = (door: Endpoint, { name, signature, content }: HostSpec): NginxVhostSpec => ({
  what: 'nginx-vhost',
  door,
  host: name,
  signature,
  webSocket: content.kind === 'proxy' && content.webSocket,
  ...(content.kind === 'proxy' && content.webSocketPath !== undefined ? { webSocketPath: content.webSocketPath } : {}),
});

const vhostProbes = (door: Endpoint, hosts: readonly HostSpec[]): AllOfSpec => ({
  what: 'all-of',
  probes: hosts.map((host) => vhostProbe(door, host)),
});

const behind = (hosts: readonly HostSpec[]): readonly string[] => [
  ...new Set(hosts.flatMap(({ content }) => (content.kind === 'proxy' ? [content.upstream.service] : []))),
];

const closedUntil = (hosts: readonly HostSpec[]): readonly Gate[] =>
  [...new Set(hosts.flatMap((host) => host.closedUntil ?? []))].map((node) => ({ node, until: 'done' }));

/**
 * It starts at once, or when every host may be open, and answers 502 itself until a back end is there; usable means that every one of them is, ready that
 * it serves its own pages, alive that it answers 404 under a name that is none of its hosts, as its configuration says.
 * @param hosts all that it serves, its own pages among them
 */
export const nginx = (config: Config, { nodes }: Pick<Draft, 'nodes'>, hosts: readonly HostSpec[]): ServiceNode => {
  const ports = frontDoor(config);
  const published = [ports.http, ...(ports.https === undefined ? [] : [ports.https])];
  const door = { service: 'nginx', port: ports.inside };
  const readyThrough = behind(hosts);
  const own = hosts.filter(({ content }) => content.kind === 'pages');
  return {
    kind: 'service',
    name: 'nginx',
    role: 'nginx',
    gates: closedUntil(hosts),
    alive: { what: 'http', target: { kind: 'service', endpoint: door }, path: '/', status: 404 } satisfies HttpSpec,
    ...(own.length === 0 ? {} : { ready: vhostProbes(door, own) }),
    usable: vhostProbes(door, hosts),
    readyWithinMs: Math.max(AT_LEAST_MS, ...throughDoorMs(readyThrough, nodes)),
    readyThrough,
    provenElsewhere: true,
    needs: { memoryGib: 0.1, imageGib: 0.1 },
    container: {
      image: imageNamed(config, 'nginx'),
      commandByResolvConf: COMMAND_BY_RESOLV_CONF,
      environment: {},
      listens: [...new Set([...published, ports.inside])],
      publishes: Object.fromEntries(published.map((port) => [port, port])),
      volumes: volumes(config),
      // The public names mean the front door between containers too, unless they are those of a proxy before it.
      aliases: [
        ...(ports.outer ? [] : hosts.map(({ name }) => name)),
        ...hosts.map(({ label }) => insideName(config, label)),
      ],
      // A worker for each CPU of the machine, each with its connections.
      most: { memoryMib: 512, cpus: 2 },
      allows: [
        { what: 'user', because: 'its image starts as root and gives its workers another user' },
        {
          what: 'capabilities',
          which: ['CHOWN', 'DAC_OVERRIDE', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
          because:
            'it opens ports below 1024, reads a key that may be its owner’s alone, and gives its workers another user',
        },
        { what: 'writes', because: 'it keeps bodies that are too large for memory under its own folders' },
      ],
      pace: { startIntervalS: 2 },
    },
  };
};

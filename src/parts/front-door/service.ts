import type { Config } from '../../config/config.ts';
import { hostName, servedHosts } from '../../stack/public-urls.ts';
import type { Endpoint, ProbeSpec, ServiceNode, VirtualHost, VolumeMount } from '../../stack/stack.ts';
import { stackFile } from '../../stack/stack-file.ts';
import { bundlesChat, bundlesGitLab } from '../../stack/variation.ts';

export interface FrontDoorPorts {
  /** Plain HTTP as published; with TLS it only redirects. */
  readonly http: number;
  /** Present exactly with TLS. */
  readonly https?: number;
  /** Where the virtual hosts answer without TLS: the published port, or with TLS one that is never published. */
  readonly inside: number;
}

/** The port inside equals the one outside, so that the public URLs also work between containers. */
export const frontDoorPorts = ({ ports, tls }: Config): FrontDoorPorts => {
  if (!tls) return { http: ports.http, inside: ports.http };
  const taken = [ports.http, ports.https];
  const inside = [8079, 8078, 8077].find((port) => !taken.includes(port)) ?? 8079;
  return { http: ports.http, https: ports.https, inside };
};

export const TLS_TARGETS = { certificate: '/etc/nginx/tls/cert.pem', key: '/etc/nginx/tls/key.pem' } as const;

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

const SIGNATURES = { chat: 'rocketchat', git: 'gitlab', www: 'www', hom: 'hom' } as const;

const vhostProbe = (config: Config, door: Endpoint, host: VirtualHost): ProbeSpec => ({
  what: 'nginx-vhost',
  door,
  host: hostName(config, host),
  signature: SIGNATURES[host],
  webSocket: host === 'chat',
});

/** It starts at once and answers 502 itself until a back end is there; ready means that every one of them is. */
export const nginx = (config: Config): ServiceNode => {
  const ports = frontDoorPorts(config);
  const published = [ports.http, ...(ports.https === undefined ? [] : [ports.https])];
  const door = { service: 'nginx', port: ports.inside };
  return {
    kind: 'service',
    name: 'nginx',
    role: 'nginx',
    gates: [],
    ready: { what: 'all-of', probes: servedHosts(config).map((host) => vhostProbe(config, door, host)) },
    // As long as the slowest back end may take, and a minute.
    readyWithinMs: bundlesGitLab(config) ? 960_000 : 600_000,
    readyThrough: [...(bundlesChat(config) ? ['rocketchat'] : []), ...(bundlesGitLab(config) ? ['gitlab'] : [])],
    container: {
      image: config.images.nginx,
      environment: {},
      listens: [...new Set([...published, ports.inside])],
      publishes: Object.fromEntries(published.map((port) => [port, port])),
      volumes: volumes(config),
      // The public names mean the front door between containers too.
      aliases: servedHosts(config).map((host) => hostName(config, host)),
    },
  };
};

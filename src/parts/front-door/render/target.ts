import type { Stack } from '../../../stack/stack.ts';
import { DOCKER_RESOLVER, TLS_TARGETS } from '../service.ts';

/** Everything that differs between nginx in its container and an nginx started on the loopback. */
export interface NginxTarget {
  readonly listen: NginxListen;
  /** Present exactly with TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Names the server that is asked for the addresses of back ends, again and again. Absent: upstreams are addresses. */
  readonly resolver?: string;
  /** `host:port` under which nginx reaches a port of a service. */
  upstream(service: string, port: number): string;
  /** Folder of the static pages, absolute. */
  readonly htmlRoot: string;
  readonly process: NginxProcess;
}

/** Each as `8080` or `127.0.0.1:8080`. */
export interface NginxListen {
  readonly http: string;
  /** Present exactly with TLS. */
  readonly https?: string;
  /** Where the virtual hosts answer without TLS; equals `http` without TLS. */
  readonly inside: string;
}

export interface NginxProcess {
  readonly pid: string;
  readonly errorLog: string;
  readonly accessLog: string;
  /** `auto` or a number. */
  readonly workers: string;
  /** Folder for bodies and buffers, absolute; absent: the program's own. */
  readonly temporary?: string;
  /** False keeps it in the foreground. Absent: as the command line says. */
  readonly daemon?: boolean;
  /** Who the workers run as when it is started by root. Absent: the program's own choice. */
  readonly user?: string;
}

/** Paths of the official image. */
export const containerTarget = ({ door }: Pick<Stack, 'door'>): NginxTarget => {
  const { http, https, inside, tls } = door;
  return {
    listen: { http: `${http}`, inside: `${inside}`, ...(https === undefined ? {} : { https: `${https}` }) },
    ...(tls ? { tls: TLS_TARGETS } : {}),
    resolver: DOCKER_RESOLVER,
    upstream: (service, port) => `${service}:${port}`,
    htmlRoot: '/usr/share/nginx/html',
    process: {
      pid: '/var/run/nginx.pid',
      errorLog: '/dev/stderr',
      accessLog: '/dev/stdout',
      workers: 'auto',
    },
  };
};

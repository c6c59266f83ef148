import type { NginxPlaces } from '../../src/parts/front-door/render/places.ts';

/** An nginx on this machine whose back ends are all one server on the loopback. `listen`: `127.0.0.1:8080`, `unix:/x`. */
export const loopbackPlaces = (at: {
  readonly dir: string;
  readonly listen: string;
  readonly https?: string;
  readonly inside?: string;
  readonly backEnd: number;
}): NginxPlaces => ({
  listen: {
    http: at.listen,
    inside: at.inside ?? at.listen,
    ...(at.https === undefined ? {} : { https: at.https }),
  },
  ...(at.https === undefined ? {} : { tls: { certificate: `${at.dir}/cert.pem`, key: `${at.dir}/key.pem` } }),
  upstream: () => `127.0.0.1:${at.backEnd}`,
  htmlRoot: `${at.dir}/nginx/html`,
  process: {
    pid: `${at.dir}/nginx.pid`,
    errorLog: `${at.dir}/error.log`,
    accessLog: 'off',
    workers: '1',
    temporary: at.dir,
    daemon: true,
  },
});

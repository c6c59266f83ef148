import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NginxTarget } from '../../src/parts/front-door/render/target.ts';
import { nginxRenderer, renderNginx } from '../../src/parts/front-door/render.ts';
import type { Stack } from '../../src/stack/stack.ts';
import { house } from './pieces.ts';

/** An nginx on this machine whose back ends are all one server on the loopback. `listen`: `127.0.0.1:8080`, `unix:/x`. */
export const loopbackPlaces = (at: {
  readonly dir: string;
  readonly listen: string;
  readonly https?: string;
  readonly inside?: string;
  readonly backEnd: number;
}): NginxTarget => ({
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

/** Writes the rendered files into the folder and starts the machine's own nginx, whose ports are open when this returns. */
export const startRealNginx = (dir: string, stack: Stack, places: NginxTarget): void => {
  for (const { path, text } of [...nginxRenderer.render({ stack, ...house }), ...renderNginx(stack, places)]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  // It goes into the background when its ports are open.
  execFileSync('nginx', ['-c', join(dir, 'nginx/nginx.conf'), '-e', join(dir, 'error.log')], { stdio: 'ignore' });
};

export const stopRealNginx = (dir: string): void => {
  process.kill(Number(readFileSync(join(dir, 'nginx.pid'), 'utf8')), 'SIGTERM');
};

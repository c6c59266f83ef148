/** Where a front door on the loopback stands: what the nginx renderer is given instead of a container's. */
import { join, resolve } from 'node:path';
import type { Addresses } from '../../../contracts/addresses.ts';
import type { LoopbackFolders } from '../../../contracts/players.ts';
import type { Stack } from '../../../stack/stack.ts';
import type { NginxTarget } from '../render/target.ts';

export const loopbackTarget = (
  { door }: Pick<Stack, 'door'>,
  addresses: Addresses,
  { stackDir, dataDir }: LoopbackFolders,
): NginxTarget => {
  const nginxDir = join(dataDir, 'nginx');
  const at = (port: number): string => `127.0.0.1:${addresses.resolve({ service: 'nginx', port }).port}`;
  return {
    listen: {
      http: at(door.http),
      inside: at(door.inside),
      ...(door.https === undefined ? {} : { https: at(door.https) }),
    },
    ...(door.tls
      ? { tls: { certificate: resolve(stackDir, door.tls.certificate), key: resolve(stackDir, door.tls.key) } }
      : {}),
    upstream: (service, port) => {
      const { host, port: own } = addresses.resolve({ service, port });
      return `${host}:${own}`;
    },
    htmlRoot: join(stackDir, 'nginx', 'html'),
    process: {
      pid: join(nginxDir, 'nginx.pid'),
      errorLog: join(nginxDir, 'error.log'),
      accessLog: 'off',
      workers: '1',
      temporary: nginxDir,
    },
  };
};

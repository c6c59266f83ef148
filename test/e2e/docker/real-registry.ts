/** Debian's build of the reference registry (docker-registry, https://github.com/distribution/distribution) on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../helpers/free-port.ts';
import { docker } from './containers.ts';

export interface RealRegistry {
  /** `127.0.0.1:40123`: engines speak plain HTTP to the loopback. */
  readonly host: string;
  /** Gives `image` of the engine out as `name`, e.g. `wiki:1.0`, instead of what it was before. @returns its digest */
  give(image: string, name: string): Promise<string>;
  close(): Promise<void>;
}

const config = (dir: string, address: string): string =>
  JSON.stringify({
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: dir } },
    http: { addr: address },
  });

const answers = async (host: string, server: ChildProcess): Promise<void> => {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`docker-registry ended with ${server.exitCode}`);
    const response = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export const aRealRegistry = async (): Promise<RealRegistry> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(dir, 'config.yml'), config(join(dir, 'data'), host));
  const server = spawn('docker-registry', ['serve', join(dir, 'config.yml')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await answers(host, server);
  return {
    host,
    give: async (image, name) => {
      const full = `${host}/${name}`;
      await docker('tag', image, full);
      await docker('push', '--quiet', full);
      await docker('rmi', full);
      const [path = '', tag = ''] = name.split(':');
      const response = await fetch(`http://${host}/v2/${path}/manifests/${tag}`, {
        method: 'HEAD',
        headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
      });
      return response.headers.get('docker-content-digest') ?? '';
    },
    close: async () => {
      const fetched = await docker('images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${host}/*`);
      const names = fetched.split('\n').filter((name) => name !== '' && !name.endsWith(':<none>'));
      if (names.length > 0) await docker('rmi', '--force', ...names);
      server.kill();
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
};

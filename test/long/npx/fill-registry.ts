/** An npm registry's storage with everything in it that `npx chatops-up` asks for. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGES, type PackageName, pack } from '../../helpers/packed.ts';
import { anNpmRegistry } from './npm-registry.ts';
import { programBefore, toolsBefore } from './version-before.ts';

const execute = promisify(execFile);

export interface FillOptions {
  /** Folder of the registry; what others have published stays in it. */
  readonly storage: string;
  readonly port: number;
  /** Of this clone. */
  readonly version: string;
}

/** Publishes both versions and has everything fetched that they depend on. */
export const fillRegistry = async ({ storage, port, version }: FillOptions): Promise<void> => {
  for (const mine of ['chatops-up', '@chatops-up']) rmSync(join(storage, mine), { recursive: true, force: true });
  mkdirSync(storage, { recursive: true });
  const registry = await anNpmRegistry({ storage: storage, port, asksOutside: true });
  const place = mkdtempSync(join(tmpdir(), 'chatops-npx-warm-'));
  const env = {
    ...process.env,
    npm_config_registry: registry.url,
    // npm wants a token to publish with, whatever it is.
    [`npm_config_${registry.url.replace('http:', '')}:_authToken`]: 'anyone',
    npm_config_cache: join(place, 'cache'),
  };
  const npm = (...words: readonly string[]): Promise<unknown> => execute('npm', [...words], { env, cwd: place });
  try {
    for (const name of Object.keys(PACKAGES) as readonly PackageName[]) {
      const { tarball } = await pack(name);
      const before = name === 'chatops-up' ? programBefore(tarball, version) : toolsBefore(tarball);
      await npm('publish', before, '--tag', 'before', '--access', 'public');
      await npm('publish', tarball, '--tag', 'latest', '--access', 'public');
      for (const file of [before, tarball]) rmSync(dirname(file), { recursive: true });
    }
    await npm('install', '--prefix', place, 'chatops-up');
  } finally {
    await registry.close();
    rmSync(place, { recursive: true });
  }
};

/** What others would install. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const dir = fileURLToPath(new URL('../../../packages/standins', import.meta.url));

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

describe('the package of the stand-ins', () => {
  let packed: Packed;
  beforeAll(async () => {
    // Built as it is published: into its own dist/.
    const { CHATOPS_STANDINS_DIST: _ours, ...env } = process.env;
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json'], { cwd: dir, env });
    // The scripts before it write to the same output.
    [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [Packed];
  });

  it('has its servers, its command, their types and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    const isShared = (path: string) => /^dist\/chunks\/[^/]+\.js$|^dist\/types\/(?!cli\/).+\.d\.ts$/.test(path);
    expect(paths.filter((path) => !isShared(path))).toEqual([
      'LICENSE',
      'README.md',
      'dist/chatops-standins.js',
      'dist/faults.js',
      'dist/front-door.js',
      'dist/gitlab.js',
      'dist/index.js',
      'dist/mattermost.js',
      'dist/mongod.js',
      'dist/rocketchat.js',
      'dist/runner.js',
      'package.json',
    ]);
  });

  it('has every file that its package.json points to', async () => {
    const { default: manifest } = await import('../../../packages/standins/package.json', { with: { type: 'json' } });
    const paths = packed.files.map(({ path }) => `./${path}`);
    const pointed = Object.values(manifest.exports).flatMap((entry) =>
      'default' in entry ? [entry.types, entry.default] : [],
    );
    const programs = Object.values(manifest.bin).map((path) => `./${path}`);
    expect([...pointed, ...programs].filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('has its command as a program that may be run', () => {
    const command = packed.files.find(({ path }) => path === 'dist/chatops-standins.js');
    expect((command?.mode ?? 0) & 0o111).toBe(0o111);
  });
});

/** `npm run release -- … --dry-run`, from outside, on a copy of the repository. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have, leftOutSuite } from '../helpers/available.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isRepository = have('git') && spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root }).status === 0;
if (!isRepository) leftOutSuite('a release', 'this is no git repository');
const MADE_WITHIN_MS = 300_000;
const VERSION = '99.0.0';

describe.skipIf(!isRepository)('a dry run of a release', () => {
  const copy = mkdtempSync(join(tmpdir(), 'chatops-releasing-'));
  const { CHATOPS_DIST: _, ...env } = process.env;
  const release = (...args: string[]) =>
    spawnSync(process.execPath, ['packages/release/release.mjs', ...args], { cwd: copy, encoding: 'utf8', env });
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: copy, encoding: 'utf8' });
  const made = (name: string): string => readFileSync(join(copy, 'release', name), 'utf8');
  let result: ReturnType<typeof release>;

  beforeAll(() => {
    execFileSync('git', ['clone', '--quiet', root, copy]);
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    result = release(VERSION, '--dry-run', '--only', '@chatops-up/standins');
    // npm names the scripts that it runs there.
    expect(result.status, result.stderr).toBe(0);
  }, MADE_WITHIN_MS);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('makes package, list of contents, notes and checksums, and nothing else', () => {
    expect(readdirSync(join(copy, 'release')).sort()).toEqual([
      'NOTES.md',
      'SHA256SUMS',
      `chatops-up-${VERSION}.cdx.json`,
      `chatops-up-standins-${VERSION}.tgz`,
    ]);
  });

  it('packs what has the version of the release', () => {
    const manifest = execFileSync(
      'tar',
      ['-xOzf', join(copy, 'release', `chatops-up-standins-${VERSION}.tgz`), 'package/package.json'],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(manifest)).toMatchObject({ name: '@chatops-up/standins', version: VERSION });
  });

  it('lists contents as CycloneDX', () => {
    expect(JSON.parse(made(`chatops-up-${VERSION}.cdx.json`))).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: 'chatops-up', version: VERSION } },
    });
  });

  it('has checksums that are those of the files', () => {
    const sums = made('SHA256SUMS')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  '));
    expect(sums).toHaveLength(3);
    for (const [sum, file = ''] of sums) {
      const bytes = readFileSync(join(copy, 'release', file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sum);
    }
  });

  it('takes its notes from the changelog', () => {
    const section = readFileSync(join(copy, 'CHANGELOG.md'), 'utf8').split(/^## /m)[1] ?? '';
    expect(section).toContain(made('NOTES.md').trim());
  });

  it('says what a release would do, and that nothing of it was done', () => {
    expect(result.stdout).toMatch(/^a dry run: nothing was committed, tagged or published/m);
    expect(result.stdout).toMatch(/^ {2}git tag -a v99\.0\.0$/m);
    expect(result.stdout).toMatch(
      /^ {2}npm publish \S+chatops-up-standins-99\.0\.0\.tgz --access public --tag latest$/m,
    );
    expect(result.stdout).toMatch(/^provenance: no, /m);
    expect(git('tag', '--list', `v${VERSION}`)).toBe('');
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  it('is refused for a version that is none, that is not later, and for what is not committed', () => {
    git('tag', 'v98.0.0');
    const none = release('next', '--dry-run');
    const earlier = release('97.0.0', '--dry-run');
    appendFileSync(join(copy, 'README.md'), 'x');
    const uncommitted = release(VERSION, '--dry-run');
    expect([none.status, earlier.status, uncommitted.status]).toEqual([64, 64, 64]);
    expect(none.stderr).toContain('say one version');
    expect(earlier.stderr).toContain('does not come after 98.0.0');
    expect(uncommitted.stderr).toContain('commit first');
  });
});

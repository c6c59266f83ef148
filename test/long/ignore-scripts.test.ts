/** A clone whose packages were installed without running a script of theirs: what compiles is optional. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const INSTALLED_WITHIN_MS = 300_000;
const CLONED = ['package.json', 'package-lock.json', 'bundling.config.mjs', 'rolldown.config.mjs', 'operations.ts'];
const FOLDERS = ['src', 'packages', 'compose', 'nginx', 'gitlab-runner', 'healthchecks'];

describe('npm ci --ignore-scripts', () => {
  const clone = mkdtempSync(join(tmpdir(), 'chatops-clone-'));
  // Test runs build into a folder of their own.
  const { CHATOPS_DIST: _, ...environment } = process.env;
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { cwd: clone, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    for (const name of [...CLONED, ...FOLDERS]) {
      const isSource = (path: string) =>
        !/[/](node_modules|dist|tools\.tar\.br)($|[/])/.test(path.slice(root.length - 1));
      cpSync(join(root, name), join(clone, name), { recursive: true, filter: isSource });
    }
    run('npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
    run(process.execPath, 'rolldown.config.mjs');
  }, INSTALLED_WITHIN_MS);
  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  it('gives a project that builds, and a program that renders a stack', () => {
    const version = run(process.execPath, 'dist/chatops-up.js', '--version');
    const rendered = run(
      process.execPath,
      'dist/chatops-up.js',
      'render',
      '--engine',
      'embedded',
      '--dir',
      'stack',
      '--yes',
    );
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(rendered).toContain('compose.yaml');
  });

  it('leaves nothing that was compiled', () => {
    const compiled = run('find', 'node_modules', '-name', '*.node', '-path', '*/build/*');
    expect(compiled).toBe('');
  });
});

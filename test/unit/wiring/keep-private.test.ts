import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/files.ts';
import { keepPrivate, privacyWarnings } from '../../../src/wiring/keep-private.ts';

const aDir = (): string => mkdtempSync(join(tmpdir(), 'chatops-private-'));
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a file of secrets that others may read', () => {
  it('is warned of, and made private by a run that writes', async () => {
    const dir = aDir();
    writeFileSync(join(dir, '.env'), 'A=1\n');
    chmodSync(join(dir, '.env'), 0o644);
    expect(privacyWarnings(dir)).toEqual(['.env: others may read it (mode 644); `up` makes it 600']);
    await keepPrivate(dir, createFiles(dir));
    expect(modeOf(join(dir, '.env'))).toBe('600');
    expect(privacyWarnings(dir)).toEqual([]);
  });

  it('is left alone where it is private, and need not be there', () => {
    const dir = aDir();
    expect(privacyWarnings(dir)).toEqual([]);
    writeFileSync(join(dir, '.env'), '', { mode: 0o600 });
    expect(privacyWarnings(dir)).toEqual([]);
  });
});

describe('a repository', () => {
  it('gets what to ignore, where it has no list of its own', async () => {
    const dir = aDir();
    await keepPrivate(dir, createFiles(dir));
    expect(readFileSync(join(dir, '.gitignore'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['.env', '.*.new', '.chatops/']),
    );
  });

  it('keeps its own list, and is warned when that lets the secrets through', async () => {
    const dir = aDir();
    mkdirSync(join(dir, '.git'));
    writeFileSync(join(dir, '.gitignore'), 'node_modules\n');
    await keepPrivate(dir, createFiles(dir));
    expect(readFileSync(join(dir, '.gitignore'), 'utf8')).toBe('node_modules\n');
    expect(privacyWarnings(dir)).toEqual([expect.stringContaining('it does not name .env')]);
    writeFileSync(join(dir, '.gitignore'), '/.env\n');
    expect(privacyWarnings(dir)).toEqual([]);
  });
});

it('what a killed write has left is removed, and nothing else', async () => {
  const dir = aDir();
  for (const name of ['..env.0123456789ab.new', '.mine.new', 'a.0123456789ab.new']) writeFileSync(join(dir, name), 'x');
  await keepPrivate(dir, createFiles(dir));
  expect(readdirSync(dir).sort()).toEqual(['.gitignore', '.mine.new', 'a.0123456789ab.new']);
});

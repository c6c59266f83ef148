import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../../../../src/parts/postgres/client/find-postgres.ts';

let dir = '';
const program = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
};

describe('the PostgreSQL of a machine', () => {
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'chatops-find-'));
    for (const major of [9, 15, 17]) program(join(dir, 'packaged', String(major), 'bin/postgres'));
    mkdirSync(join(dir, 'packaged/18/bin'), { recursive: true });
    mkdirSync(join(dir, 'path'));
    symlinkSync(join(dir, 'packaged/15/bin/postgres'), join(dir, 'path/postgres'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is the newest that is packaged and whole', () => {
    expect(findPostgres({ PATH: '' }, join(dir, 'packaged'))).toBe(join(dir, 'packaged/17/bin'));
  });

  it('is rather the one on PATH, where its other programs are', () => {
    expect(findPostgres({ PATH: join(dir, 'path') }, join(dir, 'packaged'))).toBe(join(dir, 'packaged/15/bin'));
  });

  it('is none when the variable is empty', () => {
    expect(findPostgres({ PATH: join(dir, 'path'), CHATOPS_POSTGRES: '' }, join(dir, 'packaged'))).toBeUndefined();
  });

  it('is none where there is none', () => {
    expect(findPostgres({ PATH: '' }, join(dir, 'nothing'))).toBeUndefined();
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBounded } from '../../../src/adapters/read-bounded.ts';

const dir = mkdtempSync(join(tmpdir(), 'chatops-bounded-'));
const at = (name: string): string => join(dir, name);

describe('a file that is read', () => {
  it('is read to its last byte, and refused with one more', () => {
    writeFileSync(at('file'), 'a'.repeat(70_000));
    expect(readBounded(at('file'), 70_000)).toEqual({ kind: 'text', text: 'a'.repeat(70_000) });
    expect(readBounded(at('file'), 69_999)).toEqual({ kind: 'too-large', size: 70_000 });
  });

  it('may be a link to one', () => {
    writeFileSync(at('target'), 'text');
    symlinkSync(at('target'), at('link'));
    expect(readBounded(at('link'), 10)).toEqual({ kind: 'text', text: 'text' });
  });

  it('may be missing', () => {
    expect(readBounded(at('missing'), 10)).toEqual({ kind: 'none' });
  });

  it('is not waited for when it is a FIFO that nobody writes to', () => {
    execFileSync('mkfifo', [at('fifo')]);
    expect(readBounded(at('fifo'), 10)).toEqual({ kind: 'refused', why: 'it is no regular file' });
  });

  it('is no device, which might never end', () => {
    expect(readBounded('/dev/zero', 10)).toEqual({ kind: 'refused', why: 'it is no regular file' });
  });

  it('is no directory', () => {
    mkdirSync(at('folder'));
    expect(readBounded(at('folder'), 10)).toEqual({
      kind: 'refused',
      why: 'it is a directory',
      isDirectory: true,
    });
  });

  it('is no socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    expect(readBounded(at('socket'), 10)).toMatchObject({ kind: 'refused', why: 'it is no regular file' });
    await new Promise((resolve) => server.close(resolve));
  });
});

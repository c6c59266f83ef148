/** Links in the stack directory: followed within it, refused where they lead out, never replaced unseen. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/files.ts';

let base: string;
let root: string;
let outside: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'links-')));
  root = join(base, 'stack');
  outside = join(base, 'elsewhere');
  mkdirSync(root);
  mkdirSync(outside);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const OUT = { code: 'DIRECTORY_UNUSABLE', what: expect.stringContaining('leads out of the stack directory') };

describe('a link that leads out of the stack directory', () => {
  it('is refused where a folder should be, for reading, writing and removing, and nothing is written behind it', async () => {
    writeFileSync(join(outside, 'nginx.conf'), 'theirs');
    symlinkSync(outside, join(root, 'nginx'));
    const files = createFiles(root);
    await expect(files.read('nginx/nginx.conf')).rejects.toMatchObject(OUT);
    await expect(files.write('nginx/nginx.conf', 'x')).rejects.toMatchObject(OUT);
    await expect(files.write('nginx/deep/er.conf', 'x')).rejects.toMatchObject(OUT);
    await expect(files.remove('nginx/nginx.conf')).rejects.toMatchObject(OUT);
    expect(readdirSync(outside)).toEqual(['nginx.conf']);
    expect(readFileSync(join(outside, 'nginx.conf'), 'utf8')).toBe('theirs');
  });

  it('is refused where a file should be, and stays', async () => {
    writeFileSync(join(outside, 'x'), 'theirs');
    symlinkSync(join(outside, 'x'), join(root, 'compose.yaml'));
    const files = createFiles(root);
    await expect(files.read('compose.yaml')).rejects.toMatchObject(OUT);
    await expect(files.write('compose.yaml', 'ours')).rejects.toMatchObject(OUT);
    expect(readlinkSync(join(root, 'compose.yaml'))).toBe(join(outside, 'x'));
    expect(readFileSync(join(outside, 'x'), 'utf8')).toBe('theirs');
  });

  it('is refused however it leads out: beside, or by a link to a link', async () => {
    symlinkSync('..', join(root, 'up'));
    symlinkSync('up/elsewhere', join(root, 'round'));
    const files = createFiles(root);
    await expect(files.write('up/x', 'x')).rejects.toMatchObject(OUT);
    await expect(files.write('round/x', 'x')).rejects.toMatchObject(OUT);
    expect(readdirSync(base).sort()).toEqual(['elsewhere', 'stack']);
  });

  it('is followed for a file that its user keeps elsewhere: read there, written there, and the link stays', async () => {
    writeFileSync(join(outside, 'secrets'), 'A=1\n');
    symlinkSync(join(outside, 'secrets'), join(root, '.env'));
    const files = createFiles(root, { followed: ['.env'] });
    expect(await files.read('.env')).toBe('A=1\n');
    await files.write('.env', 'A=2\n', 0o600);
    expect(lstatSync(join(root, '.env')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(outside, 'secrets'), 'utf8')).toBe('A=2\n');
    expect(lstatSync(join(outside, 'secrets')).mode & 0o777).toBe(0o600);
    expect(readdirSync(outside)).toEqual(['secrets']);
  });
});

describe('a link within the stack directory', () => {
  it('is followed for reading and for writing, and stays', async () => {
    mkdirSync(join(root, 'shared'));
    symlinkSync('shared', join(root, 'nginx'));
    symlinkSync('real.yaml', join(root, 'compose.yaml'));
    writeFileSync(join(root, 'real.yaml'), 'old');
    const files = createFiles(root);
    await files.write('nginx/nginx.conf', 'x');
    await files.write('compose.yaml', 'new');
    expect(readFileSync(join(root, 'shared/nginx.conf'), 'utf8')).toBe('x');
    expect(readFileSync(join(root, 'real.yaml'), 'utf8')).toBe('new');
    expect(lstatSync(join(root, 'compose.yaml')).isSymbolicLink()).toBe(true);
  });

  it('may be the stack directory itself', async () => {
    symlinkSync(root, join(base, 'link'));
    const files = createFiles(join(base, 'link'));
    await files.write('nginx/nginx.conf', 'x');
    expect(await files.read('nginx/nginx.conf')).toBe('x');
    expect(existsSync(join(root, 'nginx/nginx.conf'))).toBe(true);
  });

  it('that leads nowhere is refused, not replaced', async () => {
    symlinkSync('gone', join(root, '.env'));
    const files = createFiles(root, { followed: ['.env'] });
    const nowhere = { code: 'DIRECTORY_UNUSABLE', what: expect.stringContaining('leads nowhere') };
    await expect(files.write('.env', 'x')).rejects.toMatchObject(nowhere);
    expect(readlinkSync(join(root, '.env'))).toBe('gone');
  });
});

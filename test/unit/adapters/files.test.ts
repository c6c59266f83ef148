import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/files.ts';
import { leftOut } from '../../helpers/available.ts';
import { cases } from '../../helpers/cases.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const modeOf = (path: string): number => statSync(join(root, path)).mode & 0o777;

const mount = (options: string, dir: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dir], { stdio: 'ignore' }).status === 0;
const unmount = (dir: string): void => void spawnSync('umount', [dir], { stdio: 'ignore' });

const canMount = ((): boolean => {
  const dir = mkdtempSync(join(tmpdir(), 'files-mount-'));
  const mounted = mount('size=4k', dir);
  if (mounted) unmount(dir);
  rmSync(dir, { recursive: true });
  if (!mounted) leftOut('full and read-only file systems', 'no right to mount one');
  return mounted;
})();

const onMount = async (options: string, use: (dir: string) => Promise<void>): Promise<void> => {
  const dir = join(root, 'mount');
  mkdirSync(dir);
  expect(mount(options, dir)).toBe(true);
  try {
    await use(dir);
  } finally {
    unmount(dir);
  }
};

describe('files of the stack directory', () => {
  it('reads what it wrote, in folders it makes', async () => {
    const files = createFiles(root);
    await files.write('nginx/html/index.html', 'h\u00e9llo\n');
    expect(await files.read('nginx/html/index.html')).toBe('h\u00e9llo\n');
  });

  it('makes the stack directory when it writes the first file', async () => {
    const files = createFiles(join(root, 'not', 'there'));
    expect(await files.read('a')).toBeUndefined();
    await files.write('a', 'x');
    expect(await files.read('a')).toBe('x');
  });

  it('has nothing where there is no file', async () => {
    expect(await createFiles(root).read('nothing')).toBeUndefined();
  });

  it('gives exactly the mode asked for, whatever the umask', async () => {
    const files = createFiles(root);
    const before = process.umask(0o077);
    try {
      await files.write('open', 'x');
      await files.write('.env', 'x', 0o600);
    } finally {
      process.umask(before);
    }
    expect([modeOf('open'), modeOf('.env')]).toEqual([0o644, 0o600]);
  });

  it('replaces a file whole, and leaves nothing beside it', async () => {
    const files = createFiles(root);
    await files.write('a', 'old and long');
    await files.write('a', 'new');
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('new');
    expect(readdirSync(root)).toEqual(['a']);
  });

  it('leaves the old file and nothing beside it when writing fails', async () => {
    mkdirSync(join(root, 'a'));
    await expect(createFiles(root).write('a', 'x')).rejects.toMatchObject({ code: 'DIRECTORY_UNUSABLE' });
    expect(readdirSync(root)).toEqual(['a']);
  });

  it('removes a file, and does not mind when there is none', async () => {
    const files = createFiles(root);
    await files.write('a', 'x');
    await files.remove('a');
    await files.remove('a');
    expect(existsSync(join(root, 'a'))).toBe(false);
  });

  it.each(['..', '../x', 'a/../../x', '/etc/passwd', '.', '', 'a\0b'])(
    'refuses %j, which is no file inside',
    async (path) => {
      const files = createFiles(root);
      const refusal = { code: 'DIRECTORY_UNUSABLE', next: expect.stringContaining('without ".."') };
      await expect(files.read(path)).rejects.toMatchObject(refusal);
      await expect(files.write(path, 'x')).rejects.toMatchObject(refusal);
      await expect(files.remove(path)).rejects.toMatchObject(refusal);
    },
  );

  it('never writes outside, whatever the path', async () => {
    const part = fc.constantFrom('..', '.', 'a', 'b', '', ' ', '...');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const inner = join(root, 'x', 'y', 'z');
        await createFiles(inner)
          .write(parts.join('/'), 'x')
          .catch(() => undefined);
        expect(readdirSync(root).filter((name) => name !== 'x')).toEqual([]);
        if (existsSync(join(root, 'x'))) expect(readdirSync(join(root, 'x'))).toEqual(['y']);
        rmSync(join(root, 'x'), { recursive: true, force: true });
      }),
      { numRuns: cases(60) },
    );
  });
});

describe('a directory that cannot be used, with why and what next', () => {
  it('a file stands where a folder should be', async () => {
    writeFileSync(join(root, 'nginx'), '');
    const files = createFiles(root);
    const expected = {
      code: 'DIRECTORY_UNUSABLE',
      why: expect.stringContaining('is a file'),
      next: expect.stringContaining('move that file away'),
    };
    await expect(files.write('nginx/nginx.conf', 'x')).rejects.toMatchObject(expected);
    await expect(files.read('nginx/nginx.conf')).rejects.toMatchObject(expected);
  });

  it('a folder stands where a file should be', async () => {
    mkdirSync(join(root, '.env'));
    await expect(createFiles(root).read('.env')).rejects.toMatchObject({ why: expect.stringContaining('EISDIR') });
  });

  it('a link that leads back to itself', async () => {
    symlinkSync('loop', join(root, 'loop'));
    await expect(createFiles(root).read('loop')).rejects.toMatchObject({ why: expect.stringContaining('ELOOP') });
  });

  it.runIf(canMount)('no room on the device, and nothing half-written is left', async () => {
    await onMount('size=4k', async (dir) => {
      const refusal = createFiles(dir).write('big', 'x'.repeat(100_000));
      await expect(refusal).rejects.toMatchObject({
        why: expect.stringContaining('ENOSPC'),
        next: expect.stringContaining('free some space'),
      });
      expect(readdirSync(dir)).toEqual([]);
    });
  });

  it.runIf(canMount)('a read-only file system', async () => {
    await onMount('ro', async (dir) => {
      await expect(createFiles(dir).write('a', 'x')).rejects.toMatchObject({ why: expect.stringContaining('EROFS') });
    });
  });

  it('no right to write', async () => {
    chmodSync(root, 0o555);
    const script = `
      import { createFiles } from './files.mjs';
      process.setuid?.(65534);
      createFiles(process.argv[1]).write('a', 'x').then(() => console.log('written'), (e) => console.log(e.code, e.why));
    `;
    const { buildSync } = await import('esbuild');
    const dir = mkdtempSync(join(tmpdir(), 'files-bundle-'));
    chmodSync(dir, 0o755);
    buildSync({
      entryPoints: ['src/adapters/files.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: join(dir, 'files.mjs'),
    });
    chmodSync(join(dir, 'files.mjs'), 0o644);
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, root], {
      cwd: dir,
      encoding: 'utf8',
    });
    rmSync(dir, { recursive: true });
    expect(run.stdout.trim()).toBe('DIRECTORY_UNUSABLE permission denied (EACCES)');
  });
});

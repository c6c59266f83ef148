/** The stack directory on disk. A file is there whole or not at all: written beside its place, then renamed. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Files } from '../contracts/files.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { pathInside } from './path-inside.ts';
import { readBounded } from './read-bounded.ts';

/** Why the operating system said no → what the user can do about it. */
const REMEDIES: Readonly<Record<string, { readonly why: string; readonly next: string }>> = {
  EACCES: { why: 'permission denied', next: 'give yourself the right to write there, or use --dir' },
  EPERM: { why: 'operation not permitted', next: 'give yourself the right to write there, or use --dir' },
  EROFS: { why: 'the file system is read-only', next: 'mount it writable, or use --dir' },
  ENOSPC: { why: 'no space left on the device', next: 'free some space and run the command again' },
  EDQUOT: { why: 'the disk quota is used up', next: 'free some space and run the command again' },
  ENOTDIR: { why: 'a part of the path is a file, not a directory', next: 'move that file away, or use --dir' },
  EEXIST: { why: 'a part of the path is a file, not a directory', next: 'move that file away, or use --dir' },
  EISDIR: { why: 'there is a directory of that name', next: 'move that directory away, or use --dir' },
  ENOTEMPTY: { why: 'there is a directory of that name', next: 'move that directory away, or use --dir' },
  ELOOP: { why: 'a symbolic link leads back to itself', next: 'fix the link, or use --dir' },
  ENAMETOOLONG: { why: 'the path is too long', next: 'use a directory with a shorter path' },
};

/** A file that chatops.yaml names is a certificate or a key, bytes. */
const LARGEST_NAMED = 1024 * 1024;
/** What we render or remember is far below, bytes. */
const LARGEST_OWN = 64 * 1024 * 1024;

const codeOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : 'unknown error';

const unusable = (doing: string, path: string, thrown: unknown): ChatopsError => {
  const code = codeOf(thrown);
  const known = REMEDIES[code];
  return new ChatopsError('DIRECTORY_UNUSABLE', {
    what: `cannot ${doing} ${path}`,
    why: known === undefined ? code : `${known.why} (${code})`,
    ...(known === undefined ? {} : { next: known.next }),
    cause: thrown,
  });
};

const writeWhole = async (file: FileHandle, text: string, mode: number): Promise<void> => {
  await file.writeFile(text, 'utf8');
  // The umask may have taken bits from the mode given to open().
  await file.chmod(mode);
  // Without this a power cut after the rename may leave an empty file under the right name.
  await file.sync();
};

export interface FilesOptions {
  /** Files that may be links to anywhere, as their user keeps them elsewhere. Default: none. */
  readonly followed?: readonly string[];
}

/** @param root the stack directory; made when the first file is written. */
export const createFiles = (root: string, { followed = [] }: FilesOptions = {}): Files => {
  const checked = (path: string): string => {
    const full = resolve(root, path);
    if (isAbsolute(path) || path.includes('\0') || !full.startsWith(resolve(root) + sep)) {
      throw new ChatopsError('DIRECTORY_UNUSABLE', {
        what: `${JSON.stringify(path)} is not a file inside the stack directory`,
        next: 'use a path below the stack directory, without ".."',
      });
    }
    return full;
  };
  /** Where it really is. @throws ChatopsError DIRECTORY_UNUSABLE */
  const fullOf = async (path: string, doing: string): Promise<string> => {
    const full = checked(path);
    try {
      return await pathInside(root, path, followed.includes(path));
    } catch (thrown) {
      throw thrown instanceof ChatopsError ? thrown : unusable(doing, full, thrown);
    }
  };
  return {
    read: async (path) => {
      const full = await fullOf(path, 'read');
      const read = readBounded(full, LARGEST_OWN);
      if (read.kind === 'text') return read.text;
      if (read.kind === 'none') return undefined;
      if (read.kind === 'refused' && read.cause !== undefined) throw unusable('read', full, read.cause);
      if (read.kind === 'refused' && read.isDirectory === true) throw unusable('read', full, { code: 'EISDIR' });
      throw new ChatopsError('DIRECTORY_UNUSABLE', {
        what: `cannot read ${full}`,
        why: read.kind === 'refused' ? read.why : `it has ${read.size} bytes`,
        next: 'move it away: it is none of the files that are written there',
      });
    },
    write: async (path, text, mode = 0o644) => {
      const full = await fullOf(path, 'write');
      const beside = join(dirname(full), `.${basename(full)}.${randomBytes(6).toString('hex')}.new`);
      try {
        await mkdir(dirname(full), { recursive: true });
        const file = await open(beside, 'wx', mode);
        try {
          await writeWhole(file, text, mode);
        } finally {
          await file.close();
        }
        await rename(beside, full);
      } catch (thrown) {
        await rm(beside, { force: true }).catch(() => undefined);
        throw unusable('write', full, thrown);
      }
    },
    readNamed: async (path) => {
      const read = readBounded(resolve(root, path), LARGEST_NAMED);
      if (read.kind === 'text') return { text: read.text };
      const why = { none: 'ENOENT', 'too-large': 'it is larger than 1 MiB', refused: '' }[read.kind];
      return { text: undefined, why: read.kind === 'refused' ? read.why : why };
    },
    remove: async (path) => {
      const full = await fullOf(path, 'remove');
      try {
        await rm(full, { force: true });
      } catch (thrown) {
        throw unusable('remove', full, thrown);
      }
    },
  };
};

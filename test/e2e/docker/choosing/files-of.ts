/** Which files a path of the table names, and the digest of what is in them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Digests } from './green-record.ts';

const DIRECTLY = '/*';
/** Packages, what programs keep, and what is built from the rest. */
const NOT_OURS = ['node_modules', '.cache', 'dist'];
const isOurs = (name: string): boolean => !NOT_OURS.includes(name);

const inFolder = (root: string, folder: string, deep: boolean): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => isOurs(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return [path];
      return deep ? inFolder(root, path, deep) : [];
    });

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });

/** @returns files, relative to `root` and in order; none when the path names nothing */
export const filesOf = (root: string, path: string): readonly string[] => {
  const deep = !path.endsWith(DIRECTLY);
  const name = deep ? path : path.slice(0, -DIRECTLY.length);
  const stat = statOf(join(root, name));
  if (stat === undefined) return [];
  return stat.isDirectory() ? [...inFolder(root, name, deep)].sort() : [name];
};

const digestOf = (root: string, path: string): string => {
  const hash = createHash('sha256');
  for (const file of filesOf(root, path)) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
};

/** @param root folder of the project, absolute */
export const digestsOf = (root: string, paths: readonly string[]): Digests =>
  Object.fromEntries(paths.map((path) => [path, digestOf(root, path)]));

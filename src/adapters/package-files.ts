/** Files that come with the package: looked for from where this code stands, upwards. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder above that holds the package's compose folder: the same from source and from a bundle. */
export const packageRoot = (): string => {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json')) || !existsSync(join(dir, 'compose'))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error('the package is not complete: its compose folder is missing');
    dir = parent;
  }
  return dir;
};

/** @param paths from the package's root @returns path → text @throws what reading throws: then the package is not complete */
export const readTexts = (paths: readonly string[]): Readonly<Record<string, string>> => {
  const root = packageRoot();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
};

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Where Node finds a package.
 * @param from files or addresses of files that would import it; the first that finds it decides
 */
export const packageFolder = (name: string, from: readonly string[]): string | undefined => {
  const folders = [...new Set(from.flatMap((start) => createRequire(start).resolve.paths(name) ?? []))];
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')));
};

/** Code of others, found as Node finds it and loaded. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export type LoadedModule =
  | { readonly kind: 'loaded'; readonly exports: Readonly<Record<string, unknown>> }
  /** `file`: which one is not there. Absent: there is no such package. */
  | { readonly kind: 'not-found'; readonly file?: string }
  /** It is there, and running it threw. */
  | { readonly kind: 'failed'; readonly why: string };

/** What `import` takes of a package's `exports` (https://nodejs.org/docs/latest-v20.x/api/packages.html#conditional-exports). */
const CONDITIONS = ['node', 'import', 'module-sync', 'default'];

const targetOf = (exported: unknown): string | undefined => {
  if (typeof exported === 'string') return exported;
  if (typeof exported !== 'object' || exported === null) return undefined;
  const entries = Object.entries(exported);
  const main = entries.find(([key]) => key === '.');
  if (main !== undefined) return targetOf(main[1]);
  return entries
    .filter(([key]) => CONDITIONS.includes(key))
    .map(([, target]) => targetOf(target))
    .find((target) => target !== undefined);
};

interface Manifest {
  readonly exports?: unknown;
  readonly main?: string;
}

const entryOf = (folder: string): string => {
  const { exports: exported, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  return join(folder, targetOf(exported) ?? main ?? 'index.js');
};

/** The package installed beside the stack, or beside us. */
const fileOfPackage = (name: string, dir: string): string | undefined => {
  const from = [join(dir, 'chatops.yaml'), import.meta.url];
  const folders = [...new Set(from.flatMap((place) => createRequire(place).resolve.paths(name) ?? []))];
  const found = folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')));
  return found === undefined ? undefined : entryOf(found);
};

/**
 * Runs the code of a package, or of a file.
 * @param place name of a package, or a path that begins with `./`
 * @param dir that the path starts from, and that packages are looked for from, upwards; then from where we are; absolute
 */
export const loadModule = async (place: string, dir: string): Promise<LoadedModule> => {
  try {
    const file = place.startsWith('./') ? resolve(dir, place) : fileOfPackage(place, dir);
    if (file === undefined) return { kind: 'not-found' };
    if (!existsSync(file)) return { kind: 'not-found', file };
    return { kind: 'loaded', exports: (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>> };
  } catch (thrown) {
    return { kind: 'failed', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

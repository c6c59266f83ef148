/** Code of others, found as Node finds it and loaded. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportedFile } from './exported-file.ts';
import { packageFolder } from './package-folder.ts';

export type LoadedModule =
  | { readonly kind: 'loaded'; readonly file: string; readonly exports: Readonly<Record<string, unknown>> }
  /** `file`: which one is not there. Absent: there is no such package. */
  | { readonly kind: 'not-found'; readonly file?: string }
  /** It is there, and running it threw. */
  | { readonly kind: 'failed'; readonly why: string };

/** The package installed beside the stack, or beside us. */
const fileOfPackage = (name: string, dir: string): string | undefined => {
  const found = packageFolder(name, [join(dir, 'chatops.yaml'), import.meta.url]);
  return found === undefined ? undefined : exportedFile(found, '.');
};

/**
 * Runs the code of a package, or of a file.
 * @param module name of a package, or a path that begins with `./`
 * @param dir that the path starts from, and that packages are looked for from, upwards; then from where we are; absolute
 */
export const loadModule = async (module: string, dir: string): Promise<LoadedModule> => {
  try {
    const file = module.startsWith('./') ? resolve(dir, module) : fileOfPackage(module, dir);
    if (file === undefined) return { kind: 'not-found' };
    if (!existsSync(file)) return { kind: 'not-found', file };
    const exports = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
    return { kind: 'loaded', file, exports };
  } catch (thrown) {
    return { kind: 'failed', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

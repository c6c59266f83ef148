/** Which file of a package another module gets (https://nodejs.org/docs/latest-v20.x/api/packages.html#package-entry-points). */
import { join } from 'node:path';
import { isRecord } from '../values/shape.ts';
import { readManifest } from './package-manifest.ts';

/** What `import` takes of a package's `exports`. */
const CONDITIONS = ['node', 'import', 'module-sync', 'default'];

/** `./lib/*.js` for what the star stood for. */
const targetOf = (exported: unknown, star: string): string | undefined => {
  if (typeof exported === 'string') return exported.replaceAll('*', star);
  if (!isRecord(exported)) return undefined;
  return Object.entries(exported)
    .filter(([key]) => CONDITIONS.includes(key))
    .map(([, target]) => targetOf(target, star))
    .find((target) => target !== undefined);
};

/** `./features/*` of `./features/x` is `x`; undefined where it does not fit. */
const starIn = (pattern: string, subpath: string): string | undefined => {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === subpath ? '' : undefined;
  const fits = subpath.startsWith(before) && subpath.endsWith(after) && subpath.length >= pattern.length;
  return fits ? subpath.slice(before.length, subpath.length - after.length) : undefined;
};

const inTable = (exported: Readonly<Record<string, unknown>>, subpath: string): string | undefined => {
  const fitting = Object.keys(exported)
    .map((pattern) => ({ pattern, star: starIn(pattern, subpath) }))
    .filter((each): each is { pattern: string; star: string } => each.star !== undefined);
  // The most exact one decides.
  const [best] = fitting.toSorted((a, b) => a.star.length - b.star.length);
  return best === undefined ? undefined : targetOf(exported[best.pattern], best.star);
};

const targetIn = (exported: unknown, subpath: string): string | undefined => {
  const hasSubpaths = isRecord(exported) && Object.keys(exported).some((key) => key.startsWith('.'));
  if (hasSubpaths) return inTable(exported, subpath);
  return subpath === '.' ? targetOf(exported, '') : undefined;
};

/**
 * @param folder of the package, absolute
 * @param subpath `.` for the package itself, `./x` for a module of it
 * @returns undefined where the package does not export it, or says nothing that can be read; the file need not be there
 */
export const exportedFile = (folder: string, subpath: string): string | undefined => {
  const manifest = readManifest(folder);
  if (manifest === undefined) return undefined;
  const { exports: exported, main } = manifest;
  if (exported === undefined || exported === null) {
    return join(folder, subpath === '.' ? (typeof main === 'string' ? main : 'index.js') : subpath);
  }
  const target = targetIn(exported, subpath);
  return target === undefined ? undefined : join(folder, target);
};

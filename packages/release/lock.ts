/** What package-lock.json names, read for those who judge and list it. Pure. */
import { z } from 'zod';

/** Version 3 of the file (https://docs.npmjs.com/cli/configuring-npm/package-lock-json). */
const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      license: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      link: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

export interface LockedPackage {
  /** `node_modules/a/node_modules/b` */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** As its manifest says it; undefined where it does not. */
  readonly license: string | undefined;
  /** `sha512-…` in base64. */
  readonly integrity: string | undefined;
  /** Only needed to work on the project: nothing of it is installed by a user. */
  readonly dev: boolean;
  /** May be missing after an installation. */
  readonly optional: boolean;
  /** Runs a script of its own when it is installed. */
  readonly scripted: boolean;
  /** Paths of what it needs. */
  readonly needs: readonly string[];
}

export interface Lock {
  /** Paths of what the project itself needs, with or without what only work on it needs. */
  readonly needs: readonly string[];
  readonly packages: readonly LockedPackage[];
}

const MODULES = 'node_modules/';
const nameIn = (path: string): string => path.slice(path.lastIndexOf(MODULES) + MODULES.length);

/** Where Node would find `name` for a module in `from`: in the nearest folder above it. */
const found = (paths: ReadonlySet<string>, from: string, name: string): string | undefined => {
  for (let folder = from; ; ) {
    const path = `${folder === '' ? '' : `${folder}/`}${MODULES}${name}`;
    if (paths.has(path)) return path;
    if (folder === '') return undefined;
    const above = folder.lastIndexOf(`/${MODULES}`);
    folder = above === -1 ? '' : folder.slice(0, above);
  }
};

/** @throws ZodError for a text that is no lock of version 3; SyntaxError for one that is no JSON */
export const readLock = (text: string): Lock => {
  const { packages } = lockSchema.parse(JSON.parse(text));
  const paths = new Set(Object.keys(packages));
  const needsOf = (path: string): readonly string[] => {
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {};
    const names = [...new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)])].sort();
    return names.flatMap((name) => found(paths, path, name) ?? []);
  };
  return {
    needs: needsOf(''),
    packages: Object.entries(packages)
      .filter(([path, { link }]) => path.includes(MODULES) && link !== true)
      .map(([path, each]) => ({
        path,
        name: each.name ?? nameIn(path),
        version: each.version ?? '',
        license: each.license,
        integrity: each.integrity,
        dev: each.dev === true,
        optional: each.optional === true,
        scripted: each.hasInstallScript === true,
        needs: needsOf(path),
      })),
  };
};

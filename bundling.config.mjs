/**
 * How programs are bundled: our own code, and the packages that every run over containers loads. Reading these from a
 * hundred files took a third of a converged run. What only some runs need stays where npm put it, and loads when used.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Everything else that is imported by name stays a package. */
const TAKEN_IN = ['commander', 'dockerode', 'execa', 'yaml', 'zod'];

/** Modules of dockerode that load a package each as soon as they are read (ssh2, gRPC), for what few ever ask of it. */
const RARELY_USED = [
  { filter: /docker-modem[\\/]lib[\\/]ssh[.]js$/, name: 'docker-modem/lib/ssh.js' },
  { filter: /dockerode[\\/]lib[\\/]session[.]js$/, name: './session.js' },
];

/** Read from its sources and taken in: what is published needs no other package of ours. */
const OURS = '@chatops-up/standins';

const packageOf = (path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/** @type {import('esbuild').Plugin} */
const packages = {
  name: 'packages',
  setup: (build) => {
    build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || path.startsWith('node:') || importer.includes('node_modules')) return undefined;
      return packageOf(path) === OURS || TAKEN_IN.includes(packageOf(path)) ? undefined : { path, external: true };
    });
    // Asked for only inside a function: left where it is.
    build.onResolve({ filter: /^[.][/]buildkit$/ }, () => ({ path: 'dockerode/lib/buildkit.js', external: true }));
    for (const { filter, name } of RARELY_USED) {
      build.onLoad({ filter }, () => ({
        contents: `
          const { createRequire } = require('node:module');
          module.exports = (...args) => createRequire(require.resolve('dockerode'))(${JSON.stringify(name)})(...args);`,
      }));
    }
  },
};

/** Of every bundle of ours. @type {import('esbuild').BuildOptions} */
export const forNode = {
  bundle: true,
  conditions: ['chatops-source'],
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
export const bundling = {
  ...forNode,
  splitting: true,
  sourcemap: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [packages],
  metafile: true,
  // Packages of the older module format ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};

/** Copyright and licence of every package that was taken in. @param metafile of a build */
export const notices = ({ inputs }, root) => {
  const dirs = Object.keys(inputs).flatMap((path) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path) ?? []);
  return [...new Set(dirs)]
    .sort()
    .map((dir) => {
      const full = join(root, dir);
      const { name, version, license } = JSON.parse(readFileSync(join(full, 'package.json'), 'utf8'));
      const file = readdirSync(full).find((each) => /^licen[cs]e/i.test(each));
      const text = file && existsSync(join(full, file)) ? readFileSync(join(full, file), 'utf8').trim() : '';
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
};

/**
 * A script of ours as the oldest Node that we support can run it, which runs no TypeScript.
 * @param entry its path from the top of the repository, from where it is run
 */
export const runBundled = async (entry) => {
  process.chdir(root);
  const outdir = join(root, 'node_modules/.cache/chatops-up-scripts', dirname(entry));
  await build({ ...bundling, absWorkingDir: root, entryPoints: [entry], outdir, outExtension: { '.js': '.mjs' } });
  await import(pathToFileURL(join(outdir, basename(entry).replace(/ts$/, 'mjs'))).href);
};

/** Modules of ours, packages and all, without a file between. @param entry what names them to esbuild @returns their exports */
export const importBundled = async (entry) => {
  const { outputFiles } = await build({ ...forNode, ...entry, absWorkingDir: root, write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};

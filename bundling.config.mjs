/**
 * How programs are bundled: our own code, and the packages that every run over containers loads. Reading these from a
 * hundred files took a third of a converged run. What only some runs need stays where npm put it, and loads when used.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** @type {import('esbuild').BuildOptions} */
export const bundling = {
  bundle: true,
  conditions: ['chatops-source'],
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
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

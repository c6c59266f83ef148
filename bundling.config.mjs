/**
 * How programs are bundled: our own code, and the packages that most runs load. Reading these from three hundred files
 * took a third of a converged run. What only some runs need stays where npm put it, and loads when used.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Everything else that is imported by name stays a package. */
const TAKEN_IN = [
  '@gitbeaker/rest',
  'bson',
  'commander',
  'dockerode',
  'es-module-lexer',
  'execa',
  'find-my-way',
  'mongodb',
  'smol-toml',
  'ws',
  'yaml',
  'zod',
];

/** What packages of those look for, and do without where it is not installed: it is asked for by name, and never ours. */
const OPTIONAL = [
  '@aws-sdk/credential-providers',
  '@mongodb-js/zstd',
  'bufferutil',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'snappy',
  'socks',
  'utf-8-validate',
];

/** Modules of dockerode that load a package each as soon as they are read (ssh2, gRPC), for what few ever ask of it. */
const RARELY_USED = [
  { file: /docker-modem[\\/]lib[\\/]ssh[.]js$/, name: 'docker-modem/lib/ssh.js' },
  { file: /dockerode[\\/]lib[\\/]session[.]js$/, name: './session.js' },
];

/** Modules that list all that their package has, and what of it is ever used: the rest need not be read. */
const PARTLY_USED = [
  // In the language that messages of ours are in.
  { file: /zod[\\/]v4[\\/]locales[\\/]index[.]js$/, text: `export { default as en } from './en.js';` },
  // GitLab's client counts its requests in memory.
  {
    file: /rate-limiter-flexible[\\/]index[.]js$/,
    text: `exports.RateLimiterMemory = require('./lib/RateLimiterMemory');
      exports.RateLimiterQueue = require('./lib/RateLimiterQueue');`,
  },
];

/** Packages that come in both of Node's formats, and would be taken in twice. */
export const ONCE = { bson: join(root, 'node_modules/bson/lib/bson.cjs') };

/** Read from its sources and taken in: what is published needs no other package of ours. */
const OURS = '@chatops-up/standins';

const packageOf = (path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/**
 * Where what a module imports stays where npm put it: the name that it is then loaded by.
 * @returns undefined for what is taken in
 */
export const packageFor = (name, importer) => {
  if (name.startsWith('node:') || OPTIONAL.includes(name)) return name;
  // Asked for only inside a function.
  if (name === './buildkit') return 'dockerode/lib/buildkit.js';
  if (!importer || importer.includes('node_modules') || /^[./]/.test(name)) return undefined;
  return packageOf(name) === OURS || TAKEN_IN.includes(packageOf(name)) ? undefined : name;
};

/** The text of a module in place of one that is rarely or partly used; undefined for all others. */
export const leaner = (path) => {
  const late = RARELY_USED.find(({ file }) => file.test(path));
  if (!late) return PARTLY_USED.find(({ file }) => file.test(path))?.text;
  return `const { createRequire } = require('node:module');
    module.exports = (...args) => createRequire(require.resolve('dockerode'))(${JSON.stringify(late.name)})(...args);`;
};

/** @type {import('esbuild').Plugin} */
const packages = {
  name: 'packages',
  setup: (build) => {
    build.onResolve({ filter: /^[^./]|^[.][/]buildkit$/ }, ({ path, importer, kind }) => {
      const found = kind === 'entry-point' ? undefined : packageFor(path, importer);
      return found && { path: found, external: true };
    });
    for (const { file } of [...RARELY_USED, ...PARTLY_USED]) {
      build.onLoad({ filter: file }, ({ path }) => ({ contents: leaner(path) }));
    }
  },
};

export const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Of every bundle of ours. @type {import('esbuild').BuildOptions} */
export const forNode = {
  bundle: true,
  conditions: ['chatops-source'],
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  define: { CHATOPS_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
export const bundling = {
  ...forNode,
  splitting: true,
  alias: ONCE,
  sourcemap: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [packages],
  metafile: true,
  // Packages of the older module format ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};

/** The text of the licence that a package names without bringing it (https://spdx.org/licenses/ISC). */
const isc = (author) => `ISC License

Copyright (c) ${author}

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`;

/** The same for the other one, which is our own too (https://spdx.org/licenses/MIT). */
const mit = (author) =>
  readFileSync(join(root, 'LICENSE'), 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, `Copyright (c) ${author}`);

const TEXTS = { ISC: isc, MIT: mit };

const authorOf = ({ name, author }) =>
  typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);

/** @param dir of an installed package @throws Error for one that brings no text of its licence, and names none that we have */
export const licenceText = (dir, manifest) => {
  const file = readdirSync(dir).find((each) => /^licen[cs]e/i.test(each));
  if (file !== undefined) return readFileSync(join(dir, file), 'utf8').trim();
  const text = TEXTS[manifest.license];
  if (text !== undefined) return text(authorOf(manifest));
  throw new Error(`${manifest.name} ${manifest.version} brings no text of its licence (${manifest.license})`);
};

/** Copyright and licence of every package that was taken in. @param inputs paths of the modules of a bundle */
export const notices = (inputs, root) => {
  const dirs = inputs.flatMap((path) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path) ?? []);
  return [...new Set(dirs)]
    .sort()
    .map((dir) => {
      const full = resolve(root, dir);
      const manifest = JSON.parse(readFileSync(join(full, 'package.json'), 'utf8'));
      const { name, version, license, licenses } = manifest;
      // The form before SPDX, of ssh2 and its kin.
      const named = license ?? licenses?.map(({ type }) => type).join(' OR ');
      return `${name} ${version} (${named})\n\n${licenceText(full, manifest)}\n`;
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

/**
 * Builds the tools image: `node compose/tools/build.mjs [image]`. What it takes: npm, patchelf, docker. An image that was
 * built from the same parts stays as it is.
 * The program is compiled by Bun (into one executable that starts in a quarter of bare Node's time) and brings its own
 * C library: `install` puts both into a volume, where they run in any image, whatever library that has.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { contentOf, isBuiltFrom, labelled, UNCHANGED } from './built-from.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const context = process.env.CHATOPS_TOOLS_CONTEXT ?? join(root, 'dist', 'tools');
const image = process.argv[2] ?? 'chatops-up/tools:0.1.0';
/** Instead of an image: prepares the folder alone. */
const CONTEXT_ONLY = '--context-only';
/** What Bun links to (readelf -d, 1.4.5), the loader among it. */
const LIBRARIES = ['ld-linux-x86-64.so.2', 'libc.so.6', 'libdl.so.2', 'libm.so.6', 'libpthread.so.0'];
/** Packages the MongoDB driver takes when they are installed; here they are not. */
const NOT_THERE = [
  ...['kerberos', 'snappy', 'socks', 'aws4', 'gcp-metadata', '@mongodb-js/zstd', '@aws-sdk/*'],
  'mongodb-client-encryption',
];
const SYSTEM = ['/lib64', '/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/usr/lib64'];

const run = (command, args, options = {}) => execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });

const systemLibrary = (name) => {
  const found = SYSTEM.map((dir) => join(dir, name)).find(existsSync);
  if (!found) throw new Error(`${name} is not on this machine: build the image on a Linux with glibc`);
  return realpathSync(found);
};

if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('the tools image is built on Linux x86-64');
// Bundled like the other programs, for Bun's own bundler loses a package of the older module format that is loaded late.
const bundle = join(context, 'bundle');
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { 'chatops-tools': 'src/programs/chatops-tools.ts' },
  outdir: bundle,
  write: false,
  bundle: true,
  conditions: ['chatops-source'],
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
  external: NOT_THERE,
  // One of them asks for `crypto` through eval: the name must stand where no bundler renames it.
  banner: {
    js: "import { createRequire } from 'node:module'; globalThis.require ??= createRequire(import.meta.url);",
  },
});
const libraries = LIBRARIES.map((name) => ({ name, path: systemLibrary(name) }));
// The lock names the compiler, this file says how it is used.
const recipe = ['build.mjs', 'Dockerfile', 'package-lock.json'].map((name) => readFileSync(join(here, name)));
const content = contentOf([
  ...recipe,
  ...libraries.map(({ path }) => readFileSync(path)),
  ...outputFiles.map(({ contents }) => contents),
]);
if (image !== CONTEXT_ONLY && isBuiltFrom(image, content)) {
  process.stdout.write(`${image} ${UNCHANGED}\n`);
  process.exit(0);
}

const compiler = join(here, 'node_modules', '@oven', 'bun-linux-x64-baseline', 'bin', 'bun');
if (!existsSync(compiler)) run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', here]);

rmSync(context, { recursive: true, force: true });
mkdirSync(join(context, 'lib'), { recursive: true });
mkdirSync(join(context, 'empty'));
for (const { name, path } of libraries) {
  copyFileSync(path, join(context, 'lib', name));
  chmodSync(join(context, 'lib', name), 0o755);
}
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
// Patched before compiling: what is compiled is appended, and must stay the end of the file.
const runtime = join(context, 'runtime');
cpSync(compiler, runtime);
run('patchelf', ['--force-rpath', '--set-rpath', '/usr/lib/chatops', runtime]);
run(compiler, [
  ...['build', '--compile', '--minify', '--bytecode', '--splitting', '--format=esm'],
  ...NOT_THERE.flatMap((name) => ['--external', name]),
  `--compile-executable-path=${runtime}`,
  ...['--outfile', join(context, 'chatops-tools'), join(bundle, 'chatops-tools.js')],
]);
rmSync(bundle, { recursive: true });
rmSync(runtime);
copyFileSync(join(here, 'Dockerfile'), join(context, 'Dockerfile'));
if (image !== CONTEXT_ONLY) run('docker', ['build', '--quiet', ...labelled(content), '--tag', image, context]);

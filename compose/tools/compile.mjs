/**
 * The program of the tools, compiled: by Bun, into one executable that starts in a quarter of bare Node's time. It brings
 * its own C library along, so that it runs in any image, whatever library that has.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { forNode, notices } from '../../bundling.config.mjs';
import { contentOf } from './built-from.mjs';
import { PLATFORMS } from './platforms.mjs';
import { withRpath } from './rpath.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packages that the drivers of databases take when they are installed; here they are not. */
const NOT_THERE = [
  ...['kerberos', 'snappy', 'socks', 'aws4', 'gcp-metadata', '@mongodb-js/zstd', '@aws-sdk/*'],
  ...['mongodb-client-encryption', 'pg-native'],
];

/** What says how the tools are built. */
const RECIPE = ['build.mjs', 'compile.mjs', 'licences.mjs', 'platforms.mjs', 'rpath.mjs', 'package-lock.json'];

/** Where the program looks for its libraries; `install` writes a shorter place over it. */
const LIBRARIES = '/usr/lib/chatops';

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });

const pathOf = (name) => join(here, 'node_modules', name, 'bin', 'bun');

/** Installs the compiler where it is not. npm's own refusal of a runtime for another CPU is what `--force` is for. */
const haveCompiler = () => {
  if (Object.values(PLATFORMS).every(({ runtime }) => existsSync(pathOf(runtime)))) return;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['ci', '--force', '--ignore-scripts', ...quiet, '--prefix', here]);
};

const libraryOf = ({ places, architecture }, name) => {
  const found = places.map((dir) => join(dir, name)).find(existsSync);
  if (found) return readFileSync(realpathSync(found));
  throw new Error(`${name} for ${architecture} is not on this machine: Debian's libc6 and libc6-arm64-cross bring it`);
};

/** Bundled like the other programs, for Bun's own bundler loses a package of the older module format that is loaded late. */
const bundled = () =>
  build({
    ...forNode,
    absWorkingDir: root,
    entryPoints: { 'chatops-tools': 'src/programs/chatops-tools.ts' },
    outdir: 'bundle',
    write: false,
    metafile: true,
    splitting: true,
    external: NOT_THERE,
    // One of them asks for `crypto` through eval: the name must stand where no bundler renames it.
    banner: {
      js: "import { createRequire } from 'node:module'; globalThis.require ??= createRequire(import.meta.url);",
    },
  });

const compiled = ({ runtime: name, target }, outputFiles) => {
  haveCompiler();
  const work = mkdtempSync(join(tmpdir(), 'chatops-compile-'));
  try {
    mkdirSync(join(work, 'bundle'));
    for (const { path, contents } of outputFiles) writeFileSync(join(work, 'bundle', basename(path)), contents);
    // Patched before compiling: what is compiled is appended, and must stay the end of the file.
    const runtime = join(work, 'runtime');
    writeFileSync(runtime, withRpath(readFileSync(pathOf(name)), LIBRARIES), { mode: 0o755 });
    execFileSync(
      pathOf(PLATFORMS['linux-x64'].runtime),
      [
        ...['build', '--compile', '--minify', '--bytecode', '--splitting', '--format=esm', `--target=${target}`],
        ...NOT_THERE.flatMap((each) => ['--external', each]),
        `--compile-executable-path=${runtime}`,
        ...['--outfile', 'chatops-tools', join('bundle', 'chatops-tools.js')],
      ],
      // Names of files become part of the program: given relative to a folder, they are the same in every build.
      { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    return readFileSync(join(work, 'chatops-tools'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

/**
 * @param name `linux-x64` or `linux-arm64`
 * @returns what it is made from (a digest), its third parties' notices, and `files`, which compiles it
 */
export const toolsFor = async (name) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('the tools are built on Linux x86-64');
  const platform = PLATFORMS[name];
  if (platform === undefined) throw new Error(`there are no tools for ${name}, only for ${Object.keys(PLATFORMS).join(', ')}`);
  const { outputFiles, metafile } = await bundled();
  const libraries = new Map(platform.libraries.map((each) => [each, libraryOf(platform, each)]));
  // The lock names the compiler, this file says how it is used.
  const recipe = RECIPE.map((each) => readFileSync(join(here, each)));
  return {
    architecture: platform.architecture,
    builtFrom: contentOf([name, ...recipe, ...libraries.values(), ...outputFiles.map(({ contents }) => contents)]),
    notices: notices(Object.keys(metafile.inputs), root),
    copyright: readFileSync(platform.copyright.find(existsSync), 'utf8'),
    files: () => ({ program: compiled(platform, outputFiles), libraries }),
  };
};

/**
 * Builds dist/: the programs and the library. Run as `node esbuild.config.mjs`; it takes a fraction of a second,
 * therefore `npm start` always builds.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling, notices } from './bundling.config.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const usual = join(root, 'dist');
// A test run builds into a folder of its own, so that two runs never use each other's programs.
const outdir = resolve(root, process.env.CHATOPS_DIST ?? usual);

const { outputFiles, metafile } = await build({
  ...bundling,
  absWorkingDir: root,
  // Names of chunks are digests of what is in them, the paths of their source maps among it: told relative to one
  // folder, they are the same wherever they are written.
  outdir: usual,
  write: false,
  entryPoints: {
    library: 'src/wiring/library.ts',
    'chatops-up': 'src/cli/chatops-up.ts',
    'chatops-probe': 'src/programs/chatops-probe.ts',
  },
});

/** What is run by its name begins with `#!`; npm gives it the right to be run when it installs, a clone does not. */
const modeOf = (contents) => (contents[0] === 0x23 && contents[1] === 0x21 ? 0o755 : 0o644);

for (const { path, contents } of outputFiles) {
  const file = join(outdir, relative(usual, path));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents, { mode: modeOf(contents) });
}
writeFileSync(join(outdir, 'THIRD-PARTY.txt'), notices(metafile, root));

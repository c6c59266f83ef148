/**
 * Builds dist/: the programs and the library. Run as `node esbuild.config.mjs`; it takes a fraction of a second,
 * therefore `npm start` always builds.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling, notices } from './bundling.config.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
// A test run builds into a folder of its own, so that two runs never use each other's programs.
const outdir = process.env.CHATOPS_DIST ?? 'dist';

const { metafile } = await build({
  ...bundling,
  absWorkingDir: root,
  outdir,
  entryPoints: {
    library: 'src/wiring/library.ts',
    'chatops-up': 'src/cli/chatops-up.ts',
    'chatops-probe': 'src/programs/chatops-probe.ts',
  },
});
writeFileSync(join(outdir, 'THIRD-PARTY.txt'), notices(metafile, root));

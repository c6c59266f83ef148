/** `npm run fuzz`: bundles the targets and runs them, as the oldest Node that we support runs no TypeScript. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundling } from '../../bundling.config.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);
const outdir = join(root, 'node_modules/.cache/chatops-up-fuzz');
await build({
  ...bundling,
  absWorkingDir: root,
  entryPoints: ['test/fuzz/main.ts'],
  outdir,
  outExtension: { '.js': '.mjs' },
});
await import(pathToFileURL(join(outdir, 'main.mjs')).href);

/**
 * `node docs/scripts/run.mjs NAME …`: bundles `docs/scripts/NAME.ts` and runs it from the top of the repository, as the
 * oldest Node that we support runs no TypeScript.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundling } from '../../bundling.config.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [name = ''] = process.argv.slice(2);
process.chdir(root);
const outdir = join(root, 'node_modules/.cache/chatops-up-docs');
await build({
  ...bundling,
  absWorkingDir: root,
  entryPoints: [`docs/scripts/${name}.ts`],
  outdir,
  outExtension: { '.js': '.mjs' },
});
await import(pathToFileURL(join(outdir, `${name}.mjs`)).href);

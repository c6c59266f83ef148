/**
 * `node docs/scripts/run.mjs NAME …`: bundles `docs/scripts/NAME.ts` and runs it from the top of the repository, as the
 * oldest Node that we support runs no TypeScript.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [name = ''] = process.argv.slice(2);
process.chdir(root);
const outfile = join(root, `node_modules/.cache/chatops-up-docs/${name}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [`docs/scripts/${name}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
await import(pathToFileURL(outfile).href);

/** Prints what `.ci/green` would say of the files as they are: `node .ci/green-now.mjs`. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['test/e2e/docker/choosing/record-now.ts'],
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
});
const program = Buffer.from(outputFiles[0].contents).toString('base64');
const { recordNow } = await import(`data:text/javascript;base64,${program}`);
process.stdout.write(recordNow(root));

/** Prints what `.ci/green` would say of the files as they are: `node .ci/green-now.mjs`. */
import { fileURLToPath } from 'node:url';
import { importBundled } from '../bundling.config.mjs';

const { recordNow } = await importBundled({ entryPoints: ['test/e2e/docker/choosing/record-now.ts'] });
process.stdout.write(recordNow(fileURLToPath(new URL('..', import.meta.url))));

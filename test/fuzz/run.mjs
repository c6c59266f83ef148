/** `npm run fuzz`: bundles the targets and runs them. */
import { runBundled } from '../../bundling.config.mjs';

await runBundled('test/fuzz/main.ts');

/** `node docs/scripts/run.mjs NAME …`: bundles `docs/scripts/NAME.ts` and runs it from the top of the repository. */
import { runBundled } from '../../bundling.config.mjs';

await runBundled(`docs/scripts/${process.argv[2] ?? ''}.ts`);

/**
 * `npm run bench:relay`: the relay as a process, fired at over loopback. Says how long deliveries with the secret took
 * meanwhile, and how much memory it had at most. Ends with 0 when every bound holds, 3 when one is missed, 1 when it
 * could not measure. `-- --program <file>` fires at another build: a bundle of chatops-up, or a compiled tools program.
 */
import { runBench } from './bundled.mjs';

await runBench({ 'relay-bench': 'test/bench/relay-bench.ts', 'chatops-up': 'src/cli/chatops-up.ts' }, (dist) => [dist]);

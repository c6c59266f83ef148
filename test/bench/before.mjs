/**
 * `npm run bench:before`: this version and 0.1, made from the project's own history, take turns at the same things: start-up,
 * one question, a run again and a start of everything, on stand-ins and on containers. Writes `results/before.md`. Ends
 * with 0 when it is no slower than before, 3 when it is, 1 when it could not measure. `-- --rounds 7` measures more often.
 */
import { buildProgram, root, runBench } from './bundled.mjs';

await runBench({ 'before-bench': 'test/bench/before-bench.ts' }, (dist) => [root, dist], buildProgram);

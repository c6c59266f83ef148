/**
 * `npm run bench:gates`: bundles the benchmark and the program it measures, then runs it. Options go through:
 * `--rounds 5`, `--seconds 120` (steady state), `--no-stack` (leaves the whole product out). Results are written beside this,
 * into `results/`. Ends with 0 when every bound holds, 3 when one is missed, 1 when it could not measure.
 */
import { buildProgram, root, runBench } from './bundled.mjs';

await runBench(
  { gates: 'test/bench/gates.ts', 'bench-up': 'test/bench/bench-up.ts' },
  (dist) => [root, dist],
  buildProgram,
);

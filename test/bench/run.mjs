/**
 * `npm run bench:gates`: bundles the benchmark and the program it measures, then runs it. Options go through:
 * `--rounds 5`, `--seconds 120` (steady state), `--no-stack` (leaves the whole product out). Results are written beside this,
 * into `results/`. Ends with 0 when every bound holds, 3 when one is missed, 1 when it could not measure.
 */
import { execFileSync } from 'node:child_process';
import { root, runBench } from './bundled.mjs';

const buildProgram = (dist) =>
  execFileSync(process.execPath, ['rolldown.config.mjs'], {
    cwd: root,
    env: { ...process.env, CHATOPS_DIST: dist },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

await runBench(
  { gates: 'test/bench/gates.ts', 'bench-up': 'test/bench/bench-up.ts' },
  (dist) => [root, dist],
  buildProgram,
);

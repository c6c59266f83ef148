/**
 * `npm run bench:gates`: bundles the benchmark and the program it measures, then runs it. Options go through:
 * `--rounds 5`, `--seconds 120` (steady state), `--no-stack` (leaves the whole product out). Results are written beside this,
 * into `results/`. Ends with 0 when every bound holds, 3 when one is missed, 1 when it could not measure.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling } from '../../bundling.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Inside the project, so that packages are found where npm put them.
const dist = join(root, 'node_modules', '.cache', 'chatops-up', `bench-${process.pid}`);

mkdirSync(dist, { recursive: true });
try {
  execFileSync(process.execPath, ['esbuild.config.mjs'], {
    cwd: root,
    env: { ...process.env, CHATOPS_DIST: dist },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await build({
    ...bundling,
    absWorkingDir: root,
    entryPoints: { gates: 'test/bench/gates.ts', 'bench-up': 'test/bench/bench-up.ts' },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
  });
  execFileSync(process.execPath, [join(dist, 'gates.mjs'), root, dist, ...process.argv.slice(2)], { stdio: 'inherit' });
} catch (thrown) {
  if (thrown.status === undefined) throw thrown;
  process.exitCode = thrown.status ?? 1;
} finally {
  rmSync(dist, { recursive: true, force: true });
}

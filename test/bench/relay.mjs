/**
 * `npm run bench:relay`: the relay as a process, fired at over loopback. Says how long deliveries with the secret took
 * meanwhile, and how much memory it had at most. Ends with 0 when every bound holds, 3 when one is missed, 1 when it
 * could not measure. `-- --program <file>` fires at another build: a bundle of chatops-up, or a compiled tools program.
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
  await build({
    ...bundling,
    absWorkingDir: root,
    entryPoints: { 'relay-bench': 'test/bench/relay-bench.ts', 'chatops-up': 'src/cli/chatops-up.ts' },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
  });
  execFileSync(process.execPath, [join(dist, 'relay-bench.mjs'), dist, ...process.argv.slice(2)], { stdio: 'inherit' });
} catch (thrown) {
  if (thrown.status === undefined) throw thrown;
  process.exitCode = thrown.status ?? 1;
} finally {
  rmSync(dist, { recursive: true, force: true });
}

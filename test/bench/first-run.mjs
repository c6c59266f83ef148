/**
 * `npm run bench:first-run`: packs the program and the tools, unpacks them as npm would, and runs `up` on an engine that has
 * the vendors' images and nothing else. Prints what each step took. Ends with 0 when the bound holds, 3 when it is missed,
 * 1 when it could not measure. `-- --rounds 5` measures more often. What it takes: that of the suites on containers.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runBench } from './bundled.mjs';

const PACKAGES = { 'chatops-up': '.', '@chatops-up/tools-linux-x64': 'packages/tools-linux-x64' };

/** Below the project, so that what the program imports is found where npm put it. */
const install = (home) => {
  const { CHATOPS_DIST: _, ...env } = process.env;
  for (const [name, from] of Object.entries(PACKAGES)) {
    const folder = join(home, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    const words = ['pack', '--silent', '--pack-destination', home];
    const said = execFileSync('npm', words, { cwd: join(root, from), env, encoding: 'utf8' });
    const tarball = join(home, said.trim().split('\n').at(-1));
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
  }
};

await runBench({ 'first-run-bench': 'test/bench/first-run-bench.ts' }, (dist) => [root, dist], install);

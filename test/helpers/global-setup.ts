/** Once per run: the programs as users get them. When they cannot be built, only the tests that run them fail. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const setup = (): (() => void) => {
  const dist = `${root}node_modules/.cache/chatops-up/${process.pid}`;
  const standins = `${dist}-standins`;
  process.env.CHATOPS_DIST = dist;
  process.env.CHATOPS_STANDINS_DIST = standins;
  try {
    for (const config of ['esbuild.config.mjs', 'packages/standins/esbuild.config.mjs'])
      execFileSync(process.execPath, [config], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    process.stderr.write(`the programs could not be built:\n${String((error as { stderr?: Buffer }).stderr)}\n`);
  }
  return () => {
    for (const dir of [dist, standins, process.env.CHATOPS_TEST_RUN])
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  };
};

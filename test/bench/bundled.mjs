/** Bundles a benchmark and what it measures, runs it, and ends with its status. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling } from '../../bundling.config.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** This version's programs, into that folder. */
export const buildProgram = (dist) =>
  execFileSync(process.execPath, ['rolldown.config.mjs'], {
    cwd: root,
    env: { ...process.env, CHATOPS_DIST: dist },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

/**
 * @param entryPoints name → path; the first one is run
 * @param argumentsFor of the folder that everything is built into
 * @param prepare builds what else is measured into that folder
 */
export const runBench = async (entryPoints, argumentsFor, prepare = () => undefined) => {
  // Inside the project, so that packages are found where npm put them.
  const dist = join(root, 'node_modules', '.cache', 'chatops-up', `bench-${process.pid}`);
  mkdirSync(dist, { recursive: true });
  try {
    prepare(dist);
    await build({ ...bundling, absWorkingDir: root, entryPoints, outdir: dist, outExtension: { '.js': '.mjs' } });
    const [program] = Object.keys(entryPoints);
    const args = [...argumentsFor(dist), ...process.argv.slice(2)];
    execFileSync(process.execPath, [join(dist, `${program}.mjs`), ...args], { stdio: 'inherit' });
  } catch (thrown) {
    if (thrown.status === undefined) throw thrown;
    process.exitCode = thrown.status ?? 1;
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
};

/**
 * Once per run, although each project calls it: a temporary directory that goes with the run, the list of what is left
 * out, and the programs as users get them. When they cannot be built, only the tests that run them fail.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Names of the suites that only `npm run test:long` goes through; LONG of vitest.config.ts has their places. */
const longSuites = (): readonly string[] =>
  readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .flatMap((file) => /(?:^long\/(.*)|\/([^/]*)\.long)\.test\.ts$/.exec(file)?.slice(1, 3).join('') ?? [])
    .sort();

/** Read by every worker (available.ts) and by the reporter at the end. */
const beginLeftOut = (file: string): void => {
  const withLong = process.env.CHATOPS_LONG === '1';
  const line = `left out: every case (${longSuites().join(', ')}): \`npm run test:long\` goes through them\n`;
  writeFileSync(file, withLong ? '' : line);
  process.env.CHATOPS_LEFT_OUT_FILE = file;
};

const buildPrograms = (): void => {
  try {
    for (const config of ['rolldown.config.mjs', 'packages/standins/esbuild.config.mjs'])
      execFileSync(process.execPath, [config], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    process.stderr.write(`the programs could not be built:\n${String((error as { stderr?: Buffer }).stderr)}\n`);
  }
};

export const setup = (): (() => void) | undefined => {
  const dist = `${root}node_modules/.cache/chatops-up/${process.pid}`;
  if (process.env.CHATOPS_DIST === dist) return undefined;
  const standins = `${dist}-standins`;
  process.env.CHATOPS_DIST = dist;
  process.env.CHATOPS_STANDINS_DIST = standins;
  const temporary = mkdtempSync(join(tmpdir(), 'chatops-test-'));
  // Other users look into it as well: nginx, containers.
  chmodSync(temporary, 0o1777);
  process.env.TMPDIR = temporary;
  beginLeftOut(join(temporary, 'left-out.txt'));
  buildPrograms();
  return () => {
    for (const dir of [dist, standins, temporary]) rmSync(dir, { recursive: true, force: true });
  };
};

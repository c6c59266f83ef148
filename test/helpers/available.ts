/** What this machine has for tests that need more than Node: reported when it is missing. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The vendors' machine-readable data beside the project (`../shared/contracts`), or what CHATOPS_CONTRACTS names. */
export const contractsDir = (): string | undefined => {
  const path = process.env.CHATOPS_CONTRACTS ?? `${projectRoot}../shared/contracts`;
  return existsSync(path) ? path : undefined;
};

/** Whether a program answers on PATH; `args` must make it end at once. */
export const have = (command: string, args: readonly string[] = ['--version']): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Says that a suite or judge did not run, and why; collected for the summary at the end of `npm test`. */
export const leftOut = (name: string, why: string): void => {
  const line = `left out: ${name}: ${why}\n`;
  process.stderr.write(line);
  const collected = process.env.CHATOPS_LEFT_OUT_FILE;
  if (collected !== undefined) appendFileSync(collected, line);
};

/** In place of a whole suite: besides being said, it stands as skipped in the runner's count (a file without any test fails). */
export const leftOutSuite = (name: string, why: string): void => {
  leftOut(name, why);
  describe.runIf(false)(name, () => {
    it(`left out: ${why}`, () => expect.unreachable());
  });
};

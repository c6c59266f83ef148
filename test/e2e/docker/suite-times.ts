/** How long each suite takes, its preparation and its end included. */
import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';

/** Said when the suite has ended, and left to CI's table of steps when CHATOPS_SUITE_TIMES names a file for it. */
const report = (name: string, ms: number): void => {
  const line = `${(ms / 1_000).toFixed(0).padStart(6)} s  ${name}\n`;
  process.stderr.write(line);
  const { CHATOPS_SUITE_TIMES: file } = process.env;
  if (file !== undefined) appendFileSync(file, line);
};

const taken = new Map<string, number>();

/** Suites that have ended → seconds that they took. */
export const timesTaken = (): Readonly<Record<string, number>> => Object.fromEntries(taken);

/** The suite under its name, measured. */
export const timedSuite = (name: string, define: () => void): void => {
  describe(name, () => {
    let begunAt = 0;
    beforeAll(() => {
      begunAt = performance.now();
    });
    // Runs after what the suite itself does at its end.
    afterAll(() => {
      const ms = performance.now() - begunAt;
      taken.set(name, Math.round(ms / 1_000));
      report(name, ms);
    });
    define();
  });
};

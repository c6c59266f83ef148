/** How long each suite took, its preparation and its end included. */
import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';

const times: { readonly name: string; readonly seconds: number }[] = [];

/** The suite under its name, measured. */
export const timedSuite = (name: string, define: () => void): void => {
  describe(name, () => {
    let begunAt = 0;
    beforeAll(() => {
      begunAt = performance.now();
    });
    // Runs after what the suite itself does at its end.
    afterAll(() => {
      times.push({ name, seconds: (performance.now() - begunAt) / 1_000 });
    });
    define();
  });
};

/** Says it, and leaves it to CI's table of steps when CHATOPS_SUITE_TIMES names a file for it. */
export const tellSuiteTimes = (): void => {
  const lines = times.map(({ name, seconds }) => `${seconds.toFixed(0).padStart(6)} s  ${name}\n`).join('');
  process.stderr.write(`what the suites took\n${lines}`);
  const { CHATOPS_SUITE_TIMES: file } = process.env;
  if (file !== undefined) appendFileSync(file, lines);
};

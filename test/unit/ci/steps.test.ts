import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const steps = fileURLToPath(new URL('../../../.ci/steps', import.meta.url));

/** A script that runs in steps. */
const runSteps = (...lines: readonly string[]) => {
  const script = ['set -euo pipefail', `. '${steps}'`, ...lines].join('\n');
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  return { stdout, stderr, status };
};

describe("CI's steps", () => {
  it('say what each took, and show all in a table before the last one, which has the last word', () => {
    const { stdout, status } = runSteps('step first', 'echo one', 'step second', 'last_step third', 'echo the end');
    const seconds = stdout.replace(/\d+ s/g, 'N s').replace(/ +N s/g, ' N s');
    expect(seconds.split('\n')).toEqual([
      ...['', '== first', 'one', '-- N s: first'],
      ...['', '== second', '-- N s: second'],
      ...['', '== what the steps took', ' N s  first', ' N s  second', ' N s  all of them'],
      ...['', '== third', 'the end', ''],
    ]);
    expect(status).toBe(0);
  });

  it('measure', () => {
    const { stdout } = runSteps('step slow', 'SECONDS=$((SECONDS + 90))', 'last_step end');
    expect(stdout).toMatch(/^-- 9[01] s: slow$/m);
    expect(stdout).toMatch(/^ +9[01] s {2}slow$/m);
  });

  it('show under a step what its programs say that its suites took', () => {
    const { stdout } = runSteps(
      ...['step suites', 'echo "    12 s  health" >>"$CHATOPS_SUITE_TIMES"'],
      ...['step more', 'last_step end'],
    );
    expect(stdout).toMatch(/s {2}suites\n +12 s {2}health\n +\d+ s {2}more\n/);
    expect(stdout.match(/health/g)).toHaveLength(1);
  });

  it('name the one that failed, with its status and the table of those before', () => {
    const { stdout, status } = runSteps('step good', 'step bad', '(exit 7)', 'echo not reached');
    expect(status).toBe(7);
    expect(stdout).toMatch(/-- failed after \d+ s with 7: bad\n\n== what the steps took\n +\d+ s {2}good\n/);
    expect(stdout).not.toContain('not reached');
  });

  it('leave the last word to the last one also when it fails', () => {
    const { stdout, status } = runSteps('step good', 'last_step end', 'echo one test failed', '(exit 3)');
    expect(status).toBe(3);
    expect(stdout).toMatch(/one test failed\n$/);
  });

  it('run what is to be done at the end, however it comes, and leave no file behind', () => {
    const { stdout, stderr, status } = runSteps(
      ...['at_exit "echo cleaned >&3"', 'exec 3>&2', 'step bad', 'echo "$CHATOPS_SUITE_TIMES"', 'false'],
    );
    expect(status).toBe(1);
    expect(stderr).toContain('cleaned');
    const [, file = ''] = /(\/\S+)\n-- failed/.exec(stdout) ?? [];
    expect(file).not.toBe('');
    expect(existsSync(file)).toBe(false);
  });
});

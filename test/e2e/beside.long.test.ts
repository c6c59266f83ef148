/** What works beside a process that keeps the servers of a stack running, and what a stack is called that nobody runs. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aStack, type Running, start, type TestStack } from '../helpers/cli.ts';

const STAYING = 'the servers keep running until this command is interrupted';

const staying = async (): Promise<{ readonly stack: TestStack; readonly running: Running }> => {
  const stack = await aStack();
  const running = start('chatops-up', ['up', '--stay', '--dir', stack.dir, '--engine', 'embedded']);
  await running.says(STAYING);
  return { stack, running };
};

/** Every file with its text. */
const snapshot = (dir: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(dir, name)).isFile())
      .map((name) => [name, readFileSync(join(dir, name), 'latin1')]),
  );

describe.concurrent('beside `up --stay`', () => {
  it('status, plan and doctor look at its servers; down ends it, and then nothing is called usable', async () => {
    const { stack, running } = await staying();

    expect(await stack.command('status')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/\n {2}rocketchat +usable\n[\s\S]*\neverything is usable and as wanted\n$/),
      stderr: '',
    });
    const plan = await stack.command('plan');
    expect({ status: plan.status, stderr: plan.stderr }).toEqual({ status: 0, stderr: '' });
    expect(plan.stdout).toMatch(/^0 changes/m);
    expect((await stack.command('doctor')).status).toBe(0);
    const refused = await stack.command('up');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^STACK_LOCKED {2}another process keeps the servers of this stack running\n/);

    const down = await stack.command('down');
    expect(down).toMatchObject({ status: 0, stdout: expect.stringMatching(/^stopped; kept: /), stderr: '' });
    expect((await running.ended).status).toBe(0);

    const before = snapshot(stack.dir);
    const after = await stack.command('status');
    expect(after.status).toBe(1);
    expect(after.stdout).toMatch(/^! rocketchat +rocketchat is not running$/m);
    expect(after.stdout).toMatch(/\nnothing runs: `chatops-up up` starts it\n$/);
    expect(snapshot(stack.dir)).toEqual(before);
  });

  it('status --watch reports what changes, and ends with 130', async () => {
    const { stack, running } = await staying();
    const watching = start('chatops-up', ['status', '--watch', '--dir', stack.dir, '--engine', 'embedded']);
    await watching.says('everything is usable and as wanted');

    running.process.kill('SIGTERM');

    await watching.says('rocketchat is not running');
    watching.process.kill('SIGINT');
    const { status, stdout } = await watching.ended;
    expect(status).toBe(130);
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d UTC ! rocketchat +rocketchat is not running$/m);
    await running.ended;
  });
});

describe.concurrent('beside a run at work', () => {
  /** So slow that the run goes on for some seconds. */
  const slow = { env: { CHATOPS_SPEED: '20' } };

  it('a command that must be alone is refused; with --wait it waits', async () => {
    const stack = await aStack();
    const run = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'embedded'], slow);
    await run.says('mongo: ready');

    const refused = await stack.command('render');
    const waited = stack.command('render', ['--wait', '3m']);

    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^STACK_LOCKED {2}another run is working/),
    });
    expect((await run.ended).status).toBe(0);
    expect(await waited).toMatchObject({ status: 0, stdout: '0 changes: every file is as rendered\n', stderr: '' });
  });

  it('status says what is not there yet', async () => {
    const stack = await aStack();
    const run = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'embedded'], {
      env: { CHATOPS_SPEED: '1' },
    });
    await run.says('mongo: ready');
    const { status, stdout } = await stack.command('status');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}mongo +usable$/m);
    expect(stdout).toMatch(/^! rocketchat +(there is no rocketchat yet|rocketchat is not running)$/m);
    run.process.kill('SIGINT');
    expect((await run.ended).status).toBe(130);
  });
});

/** Where a real program is at hand it plays itself, and the run says so. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { have, leftOut } from '../helpers/available.ts';
import { aStack, type Ended, start, type TestStack } from '../helpers/cli.ts';

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

const suite = (): void => {
  /** nginx from PATH; the rest as everywhere. */
  const real = { realPrograms: true, env: { CHATOPS_MONGOD: '' } };
  let stack: TestStack;
  let first: Ended;

  beforeAll(async () => {
    stack = await aStack();
    first = await stack.up([], real);
  });

  it('stands at the front door: the conversation is proven through it, and the run says that it is real', () => {
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/^ {2}real programs: nginx$/m);
    expect(first.stdout).toMatch(/stand-ins, not the real servers: (?!.*nginx)/);
    expect(first.stdout).toContain('the bot posted through the front door and read back');
  });

  it('changes nothing the second time, nor when the stand-in takes its place', async () => {
    const second = await stack.up([], real);
    expect(second.stdout).toContain('0 changes');
    expect(stack.writes()).toEqual([]);
    const standIn = await stack.up();
    expect(standIn.stdout).toContain('0 changes');
    expect(standIn.stdout).toMatch(/stand-ins, not the real servers: .*nginx/);
    expect(stack.writes()).toEqual([]);
  });

  it('ends with the run that started it', async () => {
    const running = start('chatops-up', ['up', '--stay', '--dir', stack.dir, '--engine', 'embedded'], real);
    await running.says('the servers keep running');
    const pid = Number(readFileSync(stack.path('.chatops/embedded/nginx/nginx.pid'), 'utf8'));
    expect(isGone(pid)).toBe(false);
    running.process.kill('SIGINT');
    expect((await running.ended).status).toBe(0);
    expect(isGone(pid)).toBe(true);
  });
};

if (have('nginx', ['-v'])) describe('a real nginx', suite);
else leftOut('a real nginx at the front door of the main job', 'there is no nginx on PATH');

describe('CHATOPS_NGINX set to nothing', () => {
  it('keeps the stand-in, whatever PATH has', async () => {
    const stack = await aStack('gitlab: none\nrunner: false\n');
    const done = await stack.up([], { realPrograms: true, env: { CHATOPS_MONGOD: '', CHATOPS_NGINX: '' } });
    expect(done.stderr).toBe('');
    expect(done.stdout).toMatch(/stand-ins, not the real servers: .*nginx/);
    expect(done.stdout).not.toContain('real programs');
    expect(done.status).toBe(0);
  });
});

/** A stack whose deliveries a relay takes, as a user runs it, on the embedded engine. */
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, type TestStack } from '../helpers/cli.ts';

const config = (receiver: 'webhook' | 'relay'): string => `
name: demo
chat:
  receiver: ${receiver}
  rooms: [ops, ci]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }
`;

let stack: TestStack;
let first: Ended;

const rewrite = (text: string): void => {
  const ports = /^ports:\n(?: {2}\w+: \d+\n)+/m.exec(stack.read('chatops.yaml'))?.[0] ?? '';
  stack.write('chatops.yaml', `${text}${ports}`);
};

const expectNothingToDo = async (): Promise<void> => {
  const { status, stdout } = await stack.up();
  expect(status).toBe(0);
  expect(stdout).toMatch(/\b0 changes\b/);
};

beforeAll(async () => {
  stack = await aStack(config('relay'));
  first = await stack.up();
});

describe('a stack with a relay', () => {
  it('comes from nothing to a pipeline event that became a message', () => {
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/a GitLab pipeline event became the message/);
  });

  it('has one service more, which Compose starts with its memory in a volume', () => {
    const compose = stack.read('compose.yaml');
    expect(compose).toMatch(/^ {2}relay:/m);
    expect(compose).toContain('/var/lib/chatops');
  });

  it('changes nothing when it is run again', expectNothingToDo);

  it('shows deliveries that are played, and is proven by smoke', async () => {
    const played = await stack.command('simulate', ['pipeline-failed']);
    expect(played.stderr).toBe('');
    expect(played.status).toBe(0);
    const smoke = await stack.command('smoke');
    expect(smoke.stderr).toBe('');
    expect(smoke.stdout).not.toContain('✘');
    expect(smoke.status).toBe(0);
  });

  it('gives its hooks a new secret, and the relay takes only that one in the end', async () => {
    const before = stack.secret('CHATOPS_HOOK_SECRET');
    const rotated = await stack.command('rotate', ['hook-secret', '--yes']);
    expect(rotated.status).toBe(0);
    const { secrets } = JSON.parse(stack.read('.chatops/embedded/relay/relay.json')) as { secrets: unknown[] };
    expect(stack.secret('CHATOPS_HOOK_SECRET')).not.toBe(before);
    expect(secrets).toHaveLength(1);
    await expectNothingToDo();
  });
});

describe('from a relay to a webhook and back', () => {
  it('is a plan that moves the hooks, and a stack that changes nothing afterwards', async () => {
    rewrite(config('webhook'));
    const plan = await stack.command('plan');
    expect(plan.stderr).toBe('');
    expect(plan.stdout).toMatch(/webhook/);
    const there = await stack.up();
    expect(there.stderr).toBe('');
    expect(there.status).toBe(0);
    expect(stack.read('compose.yaml')).not.toMatch(/^ {2}relay:/m);
    await expectNothingToDo();
    rewrite(config('relay'));
    const planned = await stack.command('plan');
    expect(planned.stderr).toBe('');
    expect(planned.stdout).toMatch(/~ hook .*#ci/);
    expect(planned.stdout).not.toContain('as for a new server');
    const back = await stack.up();
    expect(back.stderr).toBe('');
    expect(back.status).toBe(0);
    expect(back.stdout).toMatch(/~ hook .*#ci/);
    expect(back.stdout).toContain('no hook sends to it by then');
    await expectNothingToDo();
  });
});

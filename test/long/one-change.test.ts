/**
 * One thing more in chatops.yaml is one change with its cause and one write, whatever it is; on the embedded engine. A hook
 * is two: what takes its deliveries learns its token first.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type TestStack } from '../helpers/cli.ts';

const config = (
  extra: { rooms?: string; users?: string; announce?: string; tags?: string; members?: number } = {},
): string => `
name: demo
chat:
  rooms: [ops, ci${extra.rooms ?? ''}]
  users: [alice${extra.users ?? ''}]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }${extra.announce ?? ''}
runner:
  tags: [demo${extra.tags ?? ''}]
mongo:
  members: ${extra.members ?? 1}
`;

describe('one thing more', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await aStack(config());
    const first = await stack.up();
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' });
    stack.writes();
  });

  /** Replaces chatops.yaml, keeps the ports the stack was made with. */
  const rewrite = (text: string): void => {
    const ports = /^ports:\n(?: {2}\w+: \d+\n)+/m.exec(stack.read('chatops.yaml'))?.[0] ?? '';
    stack.write('chatops.yaml', `${text}${ports}`);
  };

  const changes: readonly { what: string; text: string; back?: boolean; planned: RegExp; writes: readonly RegExp[] }[] =
    [
      {
        what: 'room',
        text: config({ rooms: ', dev' }),
        planned: /\+ room dev {2}\(.+\)/,
        writes: [/^rocketchat POST \/api\/v1\/channels\.create$/],
      },
      {
        what: 'user',
        text: config({ rooms: ', dev', users: ', bob' }),
        planned: /\+ user bob {2}\(.+\)/,
        writes: [/^rocketchat POST \/api\/v1\/users\.create$/],
      },
      {
        what: 'hook',
        text: config({
          rooms: ', dev',
          users: ', bob',
          announce: '\n    - { project: chatops/hello, room: dev, events: [push] }',
        }),
        planned: /\+ hook .*dev.* {2}\(.+\)/,
        writes: [/^gitlab POST \/api\/v4\/projects\/[^/]+\/hooks$/, /^rocketchat PUT \/api\/v1\/integrations\.update$/],
      },
      {
        what: 'tag of the runner',
        text: config({
          rooms: ', dev',
          users: ', bob',
          announce: '\n    - { project: chatops/hello, room: dev, events: [push] }',
          tags: ', big',
        }),
        planned: /~ runner .* {2}\(.*big.*\)/,
        writes: [/^gitlab PUT \/api\/v4\/runners\/\d+$/],
      },
      {
        what: 'filter of a room, with another text and a name,',
        text: `${config({
          rooms: ', dev',
          users: ', bob',
          announce: '\n    - { project: chatops/hello, room: dev, events: [push], branches: [main] }',
          tags: ', big',
        })}notifier: { people: { root: alice }, wording: { push: "{who} > {project} {commits}" } }\n`,
        planned: /~ webhook .* {2}\(its script differs from ours\)/,
        writes: [/^rocketchat PUT \/api\/v1\/integrations\.update$/],
      },
    ];

  it('is what exit status 2 of a plan says, when asked to', async () => {
    const before = stack.read('chatops.yaml');
    expect((await stack.command('plan', ['--detailed-exitcode'])).status).toBe(0);
    stack.write('chatops.yaml', before.replace('[ops,', '[ops, qa,'));
    expect((await stack.command('plan', ['--detailed-exitcode'])).status).toBe(2);
    stack.write('chatops.yaml', before);
  });

  for (const { what, text, planned, writes } of changes) {
    it(`one ${what} more is as many changes with their causes as writes: ${writes.length}`, async () => {
      rewrite(text);
      const plan = await stack.command('plan');
      expect(plan.stdout).toMatch(planned);
      expect(stack.writes()).toEqual([]);
      const objects = JSON.parse((await stack.command('plan', ['--json'])).stdout) as {
        jobs: { changes: unknown[] }[];
      };
      expect(objects.jobs.flatMap((job) => job.changes)).toHaveLength(writes.length);

      const done = await stack.up();

      expect(done.stderr).toBe('');
      expect(done.status).toBe(0);
      const made = stack.writes();
      expect(made).toHaveLength(writes.length);
      for (const [index, write] of made.entries()) expect(write).toMatch(writes[index] ?? /nothing more/);
    });
  }
});

describe('voters of the replica set on stand-ins', () => {
  it('one more and one less is one reconfiguration each, and the set is proven after both', async () => {
    const stack = await aStack(config());
    expect((await stack.up()).status).toBe(0);
    const one = stack.read('chatops.yaml');

    stack.write('chatops.yaml', one.replace('members: 1', 'members: 2'));
    const plan = await stack.command('plan');
    expect(plan.stdout).toMatch(/\+ replica-set member .* {2}\(.+\)/);
    const grown = await stack.up();
    expect(grown.stderr).toBe('');
    expect(grown.status).toBe(0);
    expect(stack.writes()).toEqual(['mongo replSetReconfig']);

    stack.write('chatops.yaml', one);
    expect((await stack.command('plan')).stdout).toMatch(/- replica-set member .* {2}\(.+\)/);
    const shrunk = await stack.up();
    expect(shrunk.stderr).toBe('');
    expect(shrunk.status).toBe(0);
    // The member that leaves may be the PRIMARY of that moment: it then hands that over first.
    const writes = stack.writes().filter((write) => write !== 'mongo-1 replSetStepDown');
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatch(/^mongo(-1)? replSetReconfig$/);
    expect((await stack.up()).stdout).toContain('0 changes');
  });
});

/** The main job as a user runs it, on the embedded engine: stand-ins for MongoDB, Rocket.Chat, GitLab, runner and nginx. */
import { existsSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, type TestStack } from '../helpers/cli.ts';

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

describe('the main job on stand-ins', () => {
  let stack: TestStack;
  let first: Ended;

  beforeAll(async () => {
    stack = await aStack(config());
    first = await stack.up();
  });

  /** Replaces chatops.yaml, keeps the ports the stack was made with. */
  const rewrite = (text: string): void => {
    const ports = /^ports:\n(?: {2}\w+: \d+\n)+/m.exec(stack.read('chatops.yaml'))?.[0] ?? '';
    stack.write('chatops.yaml', `${text}${ports}`);
  };

  it('ends with a proven conversation and a pipeline event that became a message', () => {
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/the bot posted through the front door and read back/);
    expect(first.stdout).toMatch(/a GitLab pipeline event became the message/);
  });

  it('says which engine it used and why, and that stand-ins played', () => {
    expect(first.stdout).toContain('engine: embedded, because it was asked for with --engine embedded');
    expect(first.stdout).toMatch(/stand-ins, not the real servers: .*mongo.*rocketchat|rocketchat.*mongo/);
  });

  it('renders every file', () => {
    const files = ['compose.yaml', 'nginx/nginx.conf', 'gitlab-runner/config.toml', 'healthchecks/probes.json', '.env'];
    expect(files.filter((file) => !existsSync(stack.path(file)))).toEqual([]);
  });

  it('keeps the secrets in .env, for its owner alone, and shows none', () => {
    const values = stack
      .read('.env')
      .split('\n')
      .flatMap((line) => /^[A-Z_]+=(.+)$/.exec(line)?.[1] ?? []);
    expect(values.length).toBeGreaterThan(4);
    expect(statSync(stack.path('.env')).mode & 0o777).toBe(0o600);
    const reported = `${first.stdout}${stack.read('compose.yaml')}${stack.read('.chatops/journal.jsonl')}`;
    expect(values.filter((value) => reported.includes(value))).toEqual([]);
  });

  it('changes nothing the second time: 0 changes, and not one write reached the stand-ins', async () => {
    const second = await stack.up();
    expect(second.status).toBe(0);
    expect(second.stdout).toContain('0 changes');
    expect(stack.writes()).toEqual([]);
  });

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
        writes: [/^gitlab POST \/api\/v4\/projects\/[^/]+\/hooks$/],
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

  for (const { what, text, planned, writes } of changes) {
    it(`one ${what} more is one change with its cause, and one write`, async () => {
      rewrite(text);
      const plan = await stack.command('plan');
      expect(plan.stdout).toMatch(planned);
      expect(stack.writes()).toEqual([]);
      const objects = JSON.parse((await stack.command('plan', ['--json'])).stdout) as {
        jobs: { changes: unknown[] }[];
      };
      expect(objects.jobs.flatMap((job) => job.changes)).toHaveLength(1);

      const done = await stack.up();

      expect(done.stderr).toBe('');
      expect(done.status).toBe(0);
      const made = stack.writes();
      expect(made).toHaveLength(writes.length);
      for (const [index, write] of made.entries()) expect(write).toMatch(writes[index] ?? /nothing more/);
    });
  }

  it('says by exit status 2 that a plan has something to do, when asked to', async () => {
    const before = stack.read('chatops.yaml');
    expect((await stack.command('plan', ['--detailed-exitcode'])).status).toBe(0);
    stack.write('chatops.yaml', before.replace('[ops, ci', '[ops, qa, ci'));
    expect((await stack.command('plan', ['--detailed-exitcode'])).status).toBe(2);
    stack.write('chatops.yaml', before);
  });

  it('shows a usable stack as such', async () => {
    const status = await stack.command('status');
    expect(status.stdout).toContain('everything is usable and as wanted');
    expect(status.status).toBe(0);
  });
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

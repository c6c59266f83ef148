/** `chatops-up simulate` as a user runs it: against servers that stay up, without any, and where the chat refuses. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, run, type TestStack } from '../helpers/cli.ts';
import { type Json, keepUp, type LiveStack } from '../helpers/live.ts';

const CONFIG = `
name: demo
chat:
  rooms: [ops, ci, { name: board, kind: private }]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }
    - { project: chatops/hello, room: ops, events: [push, pipeline] }
`;

describe('simulate on a live stack', () => {
  let stack: TestStack;
  let live: LiveStack;

  beforeAll(async () => {
    stack = await aStack(CONFIG);
    live = await keepUp(stack);
  });

  afterAll(async () => {
    await live.end();
  });

  const simulate = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
    stack.command('simulate', args, { env });
  const latest = async (room: string): Promise<Json> =>
    (await live.chat('GET', `channels.messages?roomName=${room}&count=1&sort={"ts":-1}`)).messages[0];

  it('shows the message that the room now shows', async () => {
    const ended = await simulate(['push']);
    expect(ended.stderr).toBe('');
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/^#ci {2}/);
    expect(ended.stdout).toContain('chatops/hello');
    expect(ended.stdout).toMatch(/HTTP 200 after .*, the message was read back after /);
    const [, word] = /Simulated (\w+)/.exec(ended.stdout) ?? [];
    expect((await latest('ci')).msg).toContain(word);
  });

  it('is one document with --json, and goes to the room that is named', async () => {
    const { stdout, status } = await simulate(['pipeline-failed', '--json', '--room', '#ops']);
    expect(status).toBe(0);
    const reported = JSON.parse(stdout);
    expect(reported).toMatchObject({
      type: 'simulate',
      event: 'pipeline-failed',
      header: 'Pipeline Hook',
      room: 'ops',
    });
    expect((await latest('ops'))._id).toBe(reported.message.id);
  });

  it('sends the form encoding of old tutorials with --form', async () => {
    const { stdout, status } = await simulate(['issue', '--form', '--json']);
    expect(status).toBe(0);
    expect((await latest('ci'))._id).toBe(JSON.parse(stdout).message.id);
  });

  it("replays an entry of GitLab's own delivery log", async () => {
    const [hook] = await live.gitlab('GET', '/projects/chatops%2Fhello/hooks');
    const entries = await live.gitlab('GET', `/projects/chatops%2Fhello/hooks/${hook.id}/events`);
    const entry = entries.find(({ request_data }: Json) => request_data.object_kind === 'pipeline');
    expect(entry.request_headers['X-Gitlab-Token']).toBe('[REDACTED]');
    stack.write('captured.json', JSON.stringify(entry));
    const { stdout, status } = await simulate(['--file', stack.path('captured.json'), '--json']);
    expect(status).toBe(0);
    const reported = JSON.parse(stdout);
    expect(reported).toMatchObject({ event: 'captured.json', header: 'Pipeline Hook' });
    expect(reported.message.text).toContain(`#${entry.request_data.object_attributes.id}`);
  });

  const webhook = async (): Promise<Json> => (await live.chat('GET', 'integrations.list')).integrations[0];
  const save = async (change: Json): Promise<() => Promise<unknown>> => {
    const seen = await webhook();
    const fields = {
      type: 'webhook-incoming',
      integrationId: seen._id,
      name: seen.name,
      enabled: true,
      username: seen.username,
      channel: seen.channel.join(','),
      scriptEnabled: true,
      script: seen.script,
      skipTranspile: seen.skipTranspile,
      overrideDestinationChannelEnabled: true,
    };
    await live.chat('PUT', 'integrations.update', { ...fields, ...change });
    return () => live.chat('PUT', 'integrations.update', fields);
  };
  const archived = async (): Promise<() => Promise<unknown>> => {
    const { room } = await live.chat('GET', 'rooms.info?roomName=ops');
    await live.chat('POST', 'channels.archive', { roomId: room._id });
    return () => live.chat('POST', 'channels.unarchive', { roomId: room._id });
  };
  const nothing = async () => async () => undefined;

  const refusals: readonly {
    readonly what: string;
    readonly make: () => Promise<() => Promise<unknown>>;
    readonly room?: string;
    readonly env?: Record<string, string>;
    readonly says: RegExp;
  }[] = [
    {
      what: 'a wrong secret',
      make: nothing,
      env: { CHATOPS_HOOK_SECRET: 'another-secret-than-the-script-knows' },
      says: /^DELIVERY_REFUSED .*HTTP 400[\s\S]*the secret is wrong[\s\S]*next {2}run `chatops-up up`/,
    },
    {
      what: 'a disabled webhook',
      make: () => save({ enabled: false }),
      says: /^DELIVERY_REFUSED .*HTTP 503[\s\S]*webhook ".*" is disabled[\s\S]*next {2}run `chatops-up up`/,
    },
    {
      what: 'a script that does not compile, before anything is sent',
      make: () => save({ script: 'class {' }),
      says: /^DELIVERY_REFUSED .*blank message, so none was sent[\s\S]*its script is broken[\s\S]*next/,
    },
    {
      what: 'a script that fails',
      make: () => save({ script: 'class Script { process_incoming_request() { throw new Error("no"); } }' }),
      says: /^DELIVERY_REFUSED .*error-running-script[\s\S]*the script of webhook ".*" is broken[\s\S]*next/,
    },
    {
      what: 'an archived room',
      make: archived,
      room: 'ops',
      says: /^DELIVERY_REFUSED .*HTTP 400[\s\S]*room ops is archived[\s\S]*next {2}unarchive #ops/,
    },
    {
      what: 'a room that nothing is announced in',
      make: nothing,
      room: 'general',
      says: /^DELIVERY_REFUSED .*HTTP 400[\s\S]*room general is none that is announced in[\s\S]*next {2}announce in that room/,
    },
    {
      what: 'a room that is not there',
      make: nothing,
      room: 'nowhere',
      says: /^DELIVERY_REFUSED .*sees no room nowhere[\s\S]*next/,
    },
    {
      what: 'a script that passes over the event although ours would not',
      make: () => save({ script: 'class Script { process_incoming_request() { return undefined; } }' }),
      says: /^MESSAGE_MISSING .*no message came into #ci within 1 s[\s\S]*next {2}run `chatops-up plan`/,
    },
  ];

  for (const { what, make, room, env = {}, says } of refusals) {
    it(`says what, why and what next of ${what}`, async () => {
      const fix = await make();
      const ended = await simulate(['push', '--wait', '1s', ...(room ? ['--room', room] : [])], env);
      await fix();
      expect(ended.status).toBe(1);
      expect(ended.stdout).toBe('');
      expect(ended.stderr).toMatch(says);
      expect(ended.stderr).not.toContain((await webhook()).token);
    });
  }
});

describe('simulate without a server', () => {
  const nowhere = (args: readonly string[]): Promise<Ended> =>
    run('chatops-up', ['simulate', '--dir', mkdtempSync(join(tmpdir(), 'chatops-none-')), ...args]);

  it('lists every event with a line', async () => {
    const { stdout, status } = await nowhere(['--list']);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.filter((line) => !/^[a-z-]+ {2,}\S.+$/.test(line))).toEqual([]);
  });

  it('renders a message where there is no stack at all', async () => {
    const { stdout, status, stderr } = await nowhere(['merge-request', '--render']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^#ops {2}/);
    expect(stdout).toContain('Ring once');
  });

  it('suggests the event that was meant', async () => {
    const { stderr, status } = await nowhere(['pipelin', '--render']);
    expect(status).toBe(64);
    expect(stderr).toContain('did you mean pipeline?');
  });

  it.each([
    ['no event', []],
    ['an event and a file', ['push', '--file', 'x.json']],
    ['a file that is not there', ['--render', '--file', '/nowhere.json']],
  ])('refuses %s as a wrong command line', async (_what, args) => {
    const { stderr, status } = await nowhere(args);
    expect(status).toBe(64);
    expect(stderr).toMatch(/^USAGE[\s\S]*next/);
  });
});

describe('simulate on servers of its own', () => {
  it('starts the chat with its data, plays, and leaves the stack as it was', async () => {
    const stack = await aStack(CONFIG);
    expect((await stack.up()).status).toBe(0);
    const ended = await stack.command('simulate', ['release']);
    expect(ended.stderr).toBe('');
    expect(ended.status).toBe(0);
    expect(ended.stdout).toContain('One bell');
  });
});

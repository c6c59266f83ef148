/** `chatops-up smoke` as a pipeline runs it: against servers that stay up, whole and with each link broken on purpose. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, run, start, type TestStack } from '../helpers/cli.ts';
import { type Json, keepUp, type LiveStack } from '../helpers/live.ts';

const CONFIG = `
name: demo
chat:
  rooms: [ops, ci]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }
`;

const outcomeOf = (ended: Ended): Json => {
  expect(ended.stderr).toBe('');
  return JSON.parse(ended.stdout);
};
const failedIn = (outcome: Json): Json[] => outcome.checks.filter((check: Json) => check.result === 'failed');

describe('smoke on servers that another process keeps running', () => {
  let stack: TestStack;
  let live: LiveStack;

  beforeAll(async () => {
    stack = await aStack(CONFIG);
    live = await keepUp(stack);
  });

  afterAll(async () => {
    await live.end();
  });

  const smoke = (args: readonly string[] = []): Promise<Ended> => stack.command('smoke', args);
  const scratchProjects = async (): Promise<string[]> =>
    (await live.gitlab('GET', '/projects?per_page=100'))
      .map(({ path_with_namespace }: Json) => path_with_namespace)
      .filter((path: string) => path.includes('chatops-smoke'));

  it('asks every link and the whole loop, each named and timed, and removes what it made', async () => {
    const report = stack.path('reports/smoke.xml');
    const ended = await smoke(['--loop', '--json', '--junit', report]);
    const outcome = outcomeOf(ended);
    expect(failedIn(outcome)).toEqual([]);
    expect(ended.status).toBe(0);
    expect(outcome.passed).toBe(true);
    const names = outcome.checks.map(({ area, name }: Json) => `${area}: ${name}`);
    expect(names).toEqual(
      expect.arrayContaining([
        'services: replica set rs0',
        'services: gitlab-runner',
        'front door: virtual host chat.chatops.localhost',
        'front door: virtual host hom.chatops.localhost',
        'chat: login of chief',
        'chat: login of hubot',
        'chat: hubot in room ci',
        'chat: incoming webhook',
        'gitlab: hook of chatops/hello to #ci',
        'gitlab: outbound allow-list',
        'delivery: delivery → message in #ci',
        'loop: push',
        'loop: pipeline',
        'loop: runner',
        'loop: job',
        'loop: webhook',
        'loop: message',
        'loop: scratch project removed',
      ]),
    );
    expect(outcome.checks.every(({ tookMs }: Json) => tookMs >= 0)).toBe(true);
    expect(await scratchProjects()).toEqual([]);
    const xml = readFileSync(report, 'utf8');
    expect(xml.match(/<testcase /g)).toHaveLength(names.length);
    expect(xml).toContain('failures="0"');
  });

  it('shows people a line per check, and no secret', async () => {
    const { stdout, status } = await smoke(['--loop']);
    expect(status).toBe(0);
    expect(stdout).toContain('another process runs its servers');
    expect(stdout).toMatch(/ok {4}loop {8}message {2}.*chatops-smoke-/);
    expect(stdout).toMatch(/everything asked holds: \d+ checks/);
    const secrets = [...stack.read('.env').matchAll(/^[A-Z_]+=(.+)$/gm)].map(([, value]) => value ?? '');
    const { integrations } = await live.chat('GET', 'integrations.list');
    expect([...secrets, integrations[0].token].filter((secret) => stdout.includes(secret))).toEqual([]);
  });

  it('asks published addresses alone with --public, from a folder that holds nothing but chatops.yaml', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'chatops-ci-'));
    writeFileSync(join(elsewhere, 'chatops.yaml'), stack.read('chatops.yaml'));
    const names = ['CHATOPS_ADMIN_PASSWORD', 'CHATOPS_BOT_PASSWORD', 'CHATOPS_GITLAB_TOKEN', 'CHATOPS_HOOK_SECRET'];
    const env = Object.fromEntries(names.map((name) => [name, stack.secret(name)]));
    const args = ['smoke', '--dir', elsewhere, '--public', '--loop', '--json'];

    const outcome = outcomeOf(await run('chatops-up', args, { env }));
    expect(failedIn(outcome)).toEqual([]);
    const leftOut = outcome.checks.filter(({ result }: Json) => result === 'left-out');
    expect(leftOut.map(({ area }: Json) => area)).toEqual(leftOut.map(() => 'services'));

    const { CHATOPS_BOT_PASSWORD: _password, ...less } = env;
    const without = outcomeOf(await run('chatops-up', args, { env: less }));
    expect(failedIn(without).find(({ name }: Json) => name === 'login of hubot').error.code).toBe('SECRET_MISSING');
  });

  const integration = async (): Promise<Json> => (await live.chat('GET', 'integrations.list')).integrations[0];
  /** Changes the webhook as a person would; resolves to how to undo it. */
  const changeWebhook = async (change: (webhook: Json) => Json): Promise<() => Promise<unknown>> => {
    const webhook = await integration();
    const fields = {
      type: 'webhook-incoming',
      integrationId: webhook._id,
      name: webhook.name,
      enabled: webhook.enabled,
      username: webhook.username,
      channel: webhook.channel.join(','),
      scriptEnabled: webhook.scriptEnabled,
      script: webhook.script,
      skipTranspile: webhook.skipTranspile,
      overrideDestinationChannelEnabled: webhook.overrideDestinationChannelEnabled,
    };
    await live.chat('PUT', 'integrations.update', { ...fields, ...change(webhook) });
    return () => live.chat('PUT', 'integrations.update', fields);
  };
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const setting = 'outbound_local_requests_whitelist';

  const breaks: readonly {
    readonly what: string;
    readonly make: () => Promise<() => Promise<unknown>>;
    readonly hop: string;
    readonly says: RegExp;
  }[] = [
    {
      what: 'webhook disabled',
      make: () => changeWebhook(() => ({ enabled: false })),
      hop: 'webhook',
      says: /webhook ".*" is disabled/,
    },
    {
      what: 'secret wrong',
      make: () =>
        changeWebhook(({ script }) => ({
          script: script.replace(digest(stack.secret('CHATOPS_HOOK_SECRET')), digest('another')),
        })),
      hop: 'webhook',
      says: /the secret is wrong/,
    },
    {
      what: 'entry of the outbound allow-list missing',
      make: async () => {
        const { [setting]: before } = await live.gitlab('GET', '/application/settings');
        await live.gitlab('PUT', '/application/settings', { [setting]: [] });
        return () => live.gitlab('PUT', '/application/settings', { [setting]: before });
      },
      hop: 'hook',
      says: /outbound|allow/i,
    },
    {
      what: 'runner paused',
      make: async () => {
        await live.gitlab('PUT', '/runners/1', { paused: true });
        return () => live.gitlab('PUT', '/runners/1', { paused: false });
      },
      hop: 'runner',
      says: /runner 1 .* is paused/,
    },
    {
      what: 'room archived',
      make: async () => {
        const { room } = await live.chat('GET', 'rooms.info?roomName=ci');
        await live.chat('POST', 'channels.archive', { roomId: room._id });
        return () => live.chat('POST', 'channels.unarchive', { roomId: room._id });
      },
      hop: 'webhook',
      says: /room ci is archived/,
    },
    {
      what: 'script that does not compile',
      make: () => changeWebhook(() => ({ script: 'class {' })),
      hop: 'hook',
      says: /its script is broken/,
    },
    {
      what: 'script that fails',
      make: () =>
        changeWebhook(() => ({ script: 'class Script { process_incoming_request() { throw new Error("no"); } }' })),
      hop: 'webhook',
      says: /the script of webhook ".*" is broken/,
    },
  ];

  for (const { what, make, hop, says } of breaks) {
    it(`names the broken hop: ${what}`, async () => {
      const mend = await make();
      try {
        const ended = await smoke(['--loop', '--json']);
        const outcome = outcomeOf(ended);
        expect(ended.status).toBe(1);
        expect(outcome.broken).toEqual({ area: 'loop', name: hop });
        const { answer, error } = failedIn(outcome).find(({ area }) => area === 'loop');
        expect(answer).toMatch(says);
        expect(error.next).not.toBe('');
        const after = outcome.checks.filter(({ area, result }: Json) => area === 'loop' && result === 'left-out');
        expect(after.map(({ answer: why }: Json) => why)).toEqual(
          after.map(() => `not reached: hop "${hop}" is broken`),
        );
        expect(outcome.checks.at(-1)).toMatchObject({ name: 'scratch project removed', result: 'passed' });
        expect(await scratchProjects()).toEqual([]);
      } finally {
        await mend();
      }
    });
  }

  describe('when no runner takes the job', () => {
    beforeAll(async () => {
      await live.gitlab('PUT', '/runners/1', { run_untagged: false, tag_list: ['elsewhere'] });
    });

    it('ends with 124 at the total deadline, says what it waited for, and removes the project', async () => {
      const ended = await smoke(['--loop', '--json', '--deadline', '12s']);
      const outcome = outcomeOf(ended);
      expect(ended.status).toBe(124);
      expect(outcome.timedOut).toBe(true);
      expect(outcome.broken).toEqual({ area: 'loop', name: 'runner' });
      expect(failedIn(outcome)[0].answer).toMatch(/longer than 12 s: at that moment: job \d+ is pending/);
      expect(await scratchProjects()).toEqual([]);
    });

    it('ends with 130 on Ctrl-C and removes the project', async () => {
      const running = start('chatops-up', ['smoke', '--loop', '--dir', stack.dir, '--engine', 'embedded']);
      await running.says('loop        pipeline');
      expect(await scratchProjects()).toHaveLength(1);
      running.process.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.status).toBe(130);
      expect(ended.stdout).toContain('scratch project removed');
      expect(ended.stderr).toContain('INTERRUPTED');
      expect(await scratchProjects()).toEqual([]);
    });
  });
});

describe('smoke on servers of its own', () => {
  it('starts them with their data, proves them, and leaves the stack as it was', async () => {
    const stack = await aStack(CONFIG);
    expect((await stack.up()).status).toBe(0);
    const ended = await stack.command('smoke', ['--loop', '--json']);
    expect(failedIn(outcomeOf(ended))).toEqual([]);
    expect(ended.status).toBe(0);
    const again = await stack.up();
    expect(again.stdout).toContain('0 changes');
  });

  it('says that nothing runs when nothing does, and asks no further', async () => {
    const stack = await aStack(CONFIG);
    const never = await stack.command('smoke');
    expect(never.status).toBe(78);
    expect(never.stderr).toMatch(/was never started[\s\S]*run `chatops-up up`/);

    expect((await stack.up()).status).toBe(0);
    expect((await stack.command('down', ['--volumes', '--yes'])).status).toBe(0);
    const ended = await stack.command('smoke', ['--loop', '--json', '--deadline', '60s']);
    const outcome = outcomeOf(ended);
    expect(ended.status).toBe(1);
    expect(new Set(failedIn(outcome).map(({ error }) => error.next))).toEqual(new Set(['run `chatops-up up`']));
    const chat = outcome.checks.filter(({ area }: Json) => area === 'chat');
    expect(chat.map(({ answer }: Json) => answer)).toEqual(chat.map(() => 'no service of this stack runs'));
  });

  it('refuses a deadline that is none', async () => {
    const stack = await aStack(CONFIG);
    const ended = await stack.command('smoke', ['--deadline', 'soon']);
    expect(ended.status).toBe(64);
    expect(ended.stderr).toContain('give a duration such as 500ms, 90s or 2m');
  });
});

/** `chatops-up smoke` as a pipeline runs it: against servers that stay up, whole and with each link broken on purpose. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breaksOf } from '../helpers/breaks.ts';
import { aStack, type Ended, type Running, run, start, type TestStack } from '../helpers/cli.ts';
import { type Json, keepUp, type LiveStack, type Servers } from '../helpers/live.ts';

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
/** As if the run had been long ago. */
const aged = (description: string): string => description.replace(/gone by \S+;/, 'gone by 2026-01-01T00:00:00.000Z;');
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

  /** What the loop and the played delivery have left: projects, and messages of any room. */
  const traces = async (): Promise<string[]> => {
    const { messages } = await live.chat('GET', 'channels.messages?roomName=ci&count=100');
    const said = messages.map(({ msg, attachments }: Json) => `${msg}${JSON.stringify(attachments ?? [])}`);
    return [...(await scratchProjects()), ...said.filter((text: string) => /chatops-smoke-|Simulated/.test(text))];
  };

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
        'gitlab: forms',
        'gitlab: outbound allow-list',
        'delivery: delivery → message in #ci',
        'loop: push',
        'loop: pipeline',
        'loop: runner',
        'loop: job',
        'loop: webhook',
        'loop: message',
        'loop: scratch project removed',
        'loop: messages taken back',
        'loop: left-over scratch projects',
      ]),
    );
    expect(outcome.checks.every(({ tookMs }: Json) => tookMs >= 0)).toBe(true);
    expect(await traces()).toEqual([]);
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

  // Their names are needed before the servers are: asked only when one is made.
  const servers: Servers = { chat: (...asked) => live.chat(...asked), gitlab: (...asked) => live.gitlab(...asked) };

  for (const { what, make, hop, says } of breaksOf(servers, 'ci')) {
    it(`names the broken hop: ${what}`, async () => {
      const fix = await make();
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
        const removed = outcome.checks.find(({ name }: Json) => name === 'scratch project removed');
        expect(removed.result).toBe('passed');
        expect(await traces()).toEqual([]);
      } finally {
        await fix();
      }
    });
  }

  describe('when no runner takes the job', () => {
    let takes: object;
    beforeAll(async () => {
      const { run_untagged, tag_list } = await live.gitlab('GET', '/runners/1');
      takes = { run_untagged, tag_list };
      await live.gitlab('PUT', '/runners/1', { run_untagged: false, tag_list: ['elsewhere'] });
    });

    it('ends with 124 at the total deadline, says what it waited for, and removes the project', async () => {
      const ended = await smoke(['--loop', '--json', '--deadline', '40s']);
      const outcome = outcomeOf(ended);
      expect(ended.status).toBe(124);
      expect(outcome.timedOut).toBe(true);
      expect(outcome.broken).toEqual({ area: 'loop', name: 'runner' });
      expect(failedIn(outcome)[0].answer).toMatch(/longer than 40 s: at that moment: job \d+ is pending/);
      expect(await traces()).toEqual([]);
    });

    const untilItWaits = async (): Promise<Running> => {
      const running = start('chatops-up', ['smoke', '--loop', '--dir', stack.dir, '--engine', 'embedded']);
      await running.says('loop        pipeline');
      expect(await scratchProjects()).toHaveLength(1);
      return running;
    };

    it.each(['SIGINT', 'SIGTERM'] as const)('ends with 130 on %s, and nothing is left', async (signal) => {
      const running = await untilItWaits();
      running.process.kill(signal);
      const ended = await running.ended;
      expect(ended.status).toBe(130);
      expect(ended.stdout).toContain('scratch project removed');
      expect(ended.stderr).toContain('INTERRUPTED');
      expect(await traces()).toEqual([]);
    });

    it('killed leaves its project to the next loop, which takes nothing that may be in use or is not its own', async () => {
      const running = await untilItWaits();
      running.process.kill('SIGKILL');
      await running.ended;
      await live.gitlab('PUT', '/runners/1', takes);
      const [left] = await live.gitlab('GET', '/projects?search=chatops-smoke-');
      const others = await Promise.all([
        live.gitlab('POST', '/projects', { name: 'chatops-smoke-mine', description: 'a user made this' }),
        live.gitlab('POST', '/projects', {
          name: 'chatops-smoke-theirs',
          description: aged(left.description)
            .replace(':demo smoke', ':another smoke')
            .replace(/smoke \w+\]/, 'smoke theirs]'),
        }),
      ]);
      const kept = others.map(({ path }: Json) => `root/${path}`);
      const sweep = async (): Promise<Json> => {
        const outcome = outcomeOf(await smoke(['--loop', '--json']));
        return outcome.checks.find(({ name }: Json) => name === 'left-over scratch projects');
      };
      expect((await sweep()).answer).toBe('none');
      expect(await scratchProjects()).toHaveLength(3);

      await live.gitlab('PUT', `/projects/${left.id}`, { description: aged(left.description) });
      expect((await sweep()).answer).toContain(`removed ${left.path_with_namespace} of a run at `);
      expect((await scratchProjects()).sort()).toEqual(kept.sort());
      for (const { id } of others) await live.gitlab('DELETE', `/projects/${id}`);
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

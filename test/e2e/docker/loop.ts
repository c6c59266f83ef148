/** `simulate` and `smoke` on real containers: whole, and with each hop broken on purpose through the front door. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have } from '../../helpers/available.ts';
import { breaksOf } from '../../helpers/breaks.ts';
import { type Ended, type Running, run, start } from '../../helpers/cli.ts';
import { type Json, type Servers, serversOf } from '../../helpers/live.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { within } from './images-used.ts';

const HOPS = ['scratch project', 'hook', 'push', 'pipeline', 'runner', 'job', 'webhook', 'message'];
const PROJECT = 'chatops/hello';

export const loop = (): void => {
  describe('simulate and smoke', () => {
    let stack: ContainerStack;
    let live: Servers;

    const words = (args: readonly string[]) => [...args, '--dir', stack.dir, '--engine', 'docker'];
    const command = (...args: readonly string[]): Promise<Ended> => run('chatops-up', words(args));
    const jsonOf = (ended: Ended): Json => {
      expect(ended.stderr).toBe('');
      return JSON.parse(ended.stdout);
    };
    const failedIn = (outcome: Json): Json[] => outcome.checks.filter(({ result }: Json) => result === 'failed');
    const inLoop = (outcome: Json): Json[] => outcome.checks.filter(({ area }: Json) => area === 'loop');

    const messagesOf = async (room: string): Promise<Json[]> =>
      (await live.chat('GET', `channels.messages?roomName=${room}&count=100&sort={"ts":-1}`)).messages;
    const scratchProjects = async (): Promise<string[]> =>
      (await live.gitlab('GET', '/projects?search=chatops-smoke-')).map((project: Json) => project.path_with_namespace);
    /** What a loop has left: projects, and messages that name one. */
    const traces = async (): Promise<string[]> => {
      const said = (await messagesOf('ci')).map(({ msg, attachments }) => `${msg}${JSON.stringify(attachments ?? [])}`);
      return [...(await scratchProjects()), ...said.filter((text) => text.includes('chatops-smoke-'))];
    };
    const values = (): string[] => [...stack.read('.env').matchAll(/^[A-Z_]+=(.+)$/gm)].map(([, value]) => value ?? '');

    beforeAll(async () => {
      stack = await aContainerStack();
      const done = await command('up');
      expect(done.stderr).toBe('');
      expect(done.status).toBe(0);
      const port = Number(/http: (\d+)/.exec(stack.read('chatops.yaml'))?.[1]);
      live = serversOf(stack, {
        chat: { port, host: 'chat.chatops.localhost' },
        gitlab: { port, host: 'git.chatops.localhost' },
      });
    }, within(120_000));

    afterAll(() => stack?.remove(), within(60_000));

    describe('simulate', () => {
      it.each([
        ['push', 'Push Hook', /pushed .*3 commits/],
        ['merge-request-merged', 'Merge Request Hook', /merged/],
        ['pipeline-failed', 'Pipeline Hook', /failed in/],
        ['issue-confidential', 'Confidential Issue Hook', /confidential issue/],
      ])('shows what the room shows of %s', async (event, header, says) => {
        const reported = jsonOf(await command('simulate', event, '--json'));
        expect(reported).toMatchObject({ type: 'simulate', event, header, room: 'ci' });
        const [newest] = await messagesOf('ci');
        expect(newest._id).toBe(reported.message.id);
        expect(reported.message.text).toContain(newest.msg);
        expect(newest.msg).toMatch(says);
      });

      it('shows people the room, the message and how long it took, and no secret', async () => {
        const { stdout, status } = await command('simulate', 'push');
        expect(status).toBe(0);
        expect(stdout).toMatch(/^#ci {2}/);
        expect(stdout).toContain(PROJECT);
        expect(stdout).toMatch(/HTTP 200 after .*, the message was read back after /);
        expect(values().filter((value) => stdout.includes(value))).toEqual([]);
      });

      it('sends the form encoding of old tutorials with --form', async () => {
        const reported = jsonOf(await command('simulate', 'issue', '--form', '--json'));
        expect((await messagesOf('ci'))[0]?._id).toBe(reported.message.id);
      });

      it("replays an entry of GitLab's own delivery log with --file", async () => {
        const path = `/projects/${encodeURIComponent(PROJECT)}/hooks`;
        const [hook] = await live.gitlab('GET', path);
        const entries = await live.gitlab('GET', `${path}/${hook.id}/events`);
        const entry = entries.find(({ request_data }: Json) => request_data.object_attributes?.status === 'success');
        stack.write('captured.json', JSON.stringify(entry));
        const reported = jsonOf(await command('simulate', '--file', stack.path('captured.json'), '--json'));
        expect(reported).toMatchObject({ event: 'captured.json', header: 'Pipeline Hook' });
        expect((await messagesOf('ci'))[0]?._id).toBe(reported.message.id);
        expect(reported.message.text).toContain(`#${entry.request_data.object_attributes.id}`);
      });
    });

    describe('smoke', () => {
      it('asks every link and leaves none out', async () => {
        const ended = await command('smoke', '--json');
        const outcome = jsonOf(ended);
        expect(failedIn(outcome)).toEqual([]);
        expect(ended.status).toBe(0);
        expect(outcome.checks.filter(({ result }: Json) => result !== 'passed')).toEqual([]);
        expect(outcome.checks.map(({ area, name }: Json) => `${area}: ${name}`)).toEqual(
          expect.arrayContaining([
            ...['mongo', 'rocketchat', 'gitlab', 'gitlab-runner', 'bot', 'nginx', 'prober'].map(
              (name) => `services: ${name}`,
            ),
            'services: replica set rs0',
            ...['chat', 'git', 'www', 'hom'].map((host) => `front door: virtual host ${host}.chatops.localhost`),
            'chat: login of chief',
            'chat: login of hubot',
            'chat: realtime session of hubot',
            'chat: hubot in room ops',
            'chat: hubot in room ci',
            'chat: incoming webhook',
            'gitlab: token',
            'gitlab: forms',
            'gitlab: outbound allow-list',
            `gitlab: hook of ${PROJECT} to #ci`,
            'gitlab: runner takes jobs',
            'delivery: delivery → message in #ci',
          ]),
        );
      });

      it('with --loop follows one push through every hop, each timed, and takes everything away again', async () => {
        const report = stack.path('reports/smoke.xml');
        const ended = await command('smoke', '--loop', '--json', '--junit', report);
        const outcome = jsonOf(ended);
        expect(failedIn(outcome)).toEqual([]);
        expect(ended.status).toBe(0);
        expect(outcome).toMatchObject({ type: 'smoke', passed: true, stack: stack.name, timedOut: false });
        const hops = inLoop(outcome);
        const before = 'left-over scratch projects';
        const after = ['scratch project removed', 'messages taken back'];
        expect(hops.map(({ name }) => name)).toEqual([before, ...HOPS, ...after]);
        expect(hops.filter(({ tookMs }) => !(tookMs > 0))).toEqual([]);
        expect(await traces()).toEqual([]);

        const xml = readFileSync(report, 'utf8');
        expect(xml.match(/<testcase /g)).toHaveLength(outcome.checks.length);
        expect(xml).toContain('failures="0"');
        if (have('python3')) {
          const parse =
            'import sys, xml.etree.ElementTree as e; print(len(e.parse(sys.argv[1]).findall(".//testcase")))';
          const { stdout } = spawnSync('python3', ['-c', parse, report], { encoding: 'utf8' });
          expect(Number(stdout)).toBe(outcome.checks.length);
        }
      });

      it('may run twice at the same time, as it holds nothing', async () => {
        const both = await Promise.all([command('smoke', '--json'), command('smoke', '--json')]);
        expect(both.map(({ status }) => status)).toEqual([0, 0]);
      });
    });

    // Asked only when one is made: the servers are not there yet.
    const servers: Servers = { chat: (...asked) => live.chat(...asked), gitlab: (...asked) => live.gitlab(...asked) };
    const breaks = breaksOf(servers, 'ci');

    it.each(breaks.map((each) => [each.what, each] as const))(
      'the broken hop is named: %s',
      async (_what, { make, hop, says, simulated }) => {
        const fix = await make();
        try {
          const ended = await command('smoke', '--loop', '--json');
          const outcome = jsonOf(ended);
          expect(ended.status).toBe(1);
          expect(outcome.broken).toEqual({ area: 'loop', name: hop });
          const [broken] = failedIn(outcome).filter(({ area }) => area === 'loop');
          expect(broken.answer).toMatch(says);
          expect(broken.error.next).not.toBe('');
          const notReached = inLoop(outcome).filter(({ result }) => result === 'left-out');
          expect(notReached.map(({ name }) => name)).toEqual(HOPS.slice(HOPS.indexOf(hop) + 1));
          expect(await traces()).toEqual([]);

          const played = await command('simulate', 'push');
          expect(played.status).toBe(simulated ? 1 : 0);
          expect(played.stderr).toMatch(simulated ?? /^$/);
          if (simulated) expect(played.stderr).toMatch(/\n {2}next {2}\S/);
        } finally {
          await fix();
        }
      },
    );

    it(
      'a container that is down is named, and what stands behind it',
      async () => {
        await stack.compose('stop', '--timeout', '3', 'rocketchat');
        try {
          const ended = await command('smoke', '--json', '--deadline', '60s');
          const outcome = jsonOf(ended);
          expect(ended.status).toBe(1);
          expect(outcome.broken).toEqual({ area: 'services', name: 'rocketchat' });
          expect(failedIn(outcome)[0].error).toMatchObject({ code: 'SERVICE_FAILED', next: 'run `chatops-up up`' });
          const chat = failedIn(outcome).find(({ name }) => name === 'virtual host chat.chatops.localhost');
          expect(chat.answer).toMatch(/its back end is away/);
        } finally {
          await stack.compose('start', 'rocketchat');
          expect((await command('up')).status).toBe(0);
        }
      },
      within(120_000),
    );

    it('an announcement that waits for its pipeline says what the pipeline waits for', async () => {
      const [{ id }] = await live.gitlab('GET', '/runners/all');
      await live.gitlab('PUT', `/runners/${id}`, { paused: true });
      // Without the message that proved it, it has to be proven again.
      for (const { _id, rid } of await messagesOf('ci')) {
        await live.chat('POST', 'chat.delete', { roomId: rid, msgId: _id });
      }
      const ended = await command('up', '--set', 'timeouts.announcement=10s');
      expect(ended.status).toBe(124);
      const reported = ended.stdout.split('\n').filter((line) => line.startsWith('announcement: waits: '));
      expect(reported[0]).toMatch(/pipeline \d+ is pending: no runner has taken its job hello/);
      expect(ended.stdout + ended.stderr).toMatch(/job announcement did not end within 10 s/);

      await live.gitlab('PUT', `/runners/${id}`, { paused: false });
      const again = await command('up', '--set', 'timeouts.announcement=5m');
      expect(again.stderr).toBe('');
      expect(again.status).toBe(0);
      expect(again.stdout).toMatch(/pipeline \d+ was run, and its announcement was not seen yet/);
    });

    describe('broken off while no runner takes the job', () => {
      let takes: object;
      beforeAll(async () => {
        const [{ id }] = await live.gitlab('GET', '/runners/all');
        const { run_untagged, tag_list } = await live.gitlab('GET', `/runners/${id}`);
        takes = { run_untagged, tag_list };
        await live.gitlab('PUT', `/runners/${id}`, { run_untagged: false, tag_list: ['elsewhere'] });
      });

      afterAll(async () => {
        const [{ id }] = await live.gitlab('GET', '/runners/all');
        await live.gitlab('PUT', `/runners/${id}`, takes);
      });

      const untilItWaits = async (): Promise<Running> => {
        const running = start('chatops-up', words(['smoke', '--loop']));
        await running.says('loop        pipeline');
        expect(await scratchProjects()).toHaveLength(1);
        return running;
      };

      it.each(['SIGINT', 'SIGTERM'] as const)('by %s it ends with 130, and nothing is left', async (signal) => {
        const running = await untilItWaits();
        running.process.kill(signal);
        const ended = await running.ended;
        expect(ended.status).toBe(130);
        expect(ended.stdout).toContain('scratch project removed');
        expect(await traces()).toEqual([]);
      });

      it('by its deadline it ends with 124, names the hop and what it waited for, and nothing is left', async () => {
        const ended = await command('smoke', '--loop', '--json', '--deadline', '15s');
        const outcome = jsonOf(ended);
        expect(ended.status).toBe(124);
        expect(outcome.broken).toEqual({ area: 'loop', name: 'runner' });
        expect(failedIn(outcome)[0].answer).toMatch(/at that moment: job \d+ is pending: no runner has taken it/);
        expect(await traces()).toEqual([]);
      });

      it('by SIGKILL it leaves its project to a later run, which says so; what is not its own it leaves alone', async () => {
        const running = await untilItWaits();
        running.process.kill('SIGKILL');
        await running.ended;
        const [left] = await live.gitlab('GET', '/projects?search=chatops-smoke-');
        const mine = { name: 'chatops-smoke-mine', description: 'a user made this' };
        const kept = await live.gitlab('POST', '/projects', mine);
        const sweep = async (): Promise<string> => {
          const outcome = jsonOf(await command('smoke', '--loop', '--json', '--deadline', '15s'));
          return outcome.checks.find(({ name }: Json) => name === 'left-over scratch projects').answer;
        };
        expect(await sweep()).toBe('none');
        expect(await scratchProjects()).toHaveLength(2);

        // As if that run had been long ago.
        const description = left.description.replace(/gone by \S+;/, 'gone by 2026-01-01T00:00:00.000Z;');
        await live.gitlab('PUT', `/projects/${left.id}`, { description });
        expect(await sweep()).toContain(`removed ${left.path_with_namespace} of a run at `);
        expect(await scratchProjects()).toEqual([kept.path_with_namespace]);
      });
    });
  });
};

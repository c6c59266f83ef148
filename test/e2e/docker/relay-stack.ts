/** The relay as a node of a stack: it takes deliveries in place of the chat's webhook, and one `up` each moves them there and back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../../helpers/cli.ts';
import { type Json, type Servers, serversOf } from '../../helpers/live.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { within } from './images-used.ts';

const MORE = `
chat:
  receiver: relay
  rooms: [ops, ci]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }
`;
const PROJECT = `/projects/${encodeURIComponent('chatops/hello')}`;
/** It stands still until its job is started by hand: of one that has ended before its first message there is nothing to change. */
const HELD_PIPELINE = 'deploy:\n  tags: [docker]\n  script: ["true"]\n  when: manual\n  allow_failure: false\n';
/** Enough for a pipeline of one job on a busy machine. */
const SHOWN_WITHIN = { timeout: within(60_000), interval: 250 };

export const relayStack = (): void => {
  describe('a stack with a relay', () => {
    let stack: ContainerStack;
    let live: Servers;
    let first: Ended;
    let commits = 0;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;

    const receiveBy = (receiver: 'webhook' | 'relay'): void =>
      stack.write('chatops.yaml', stack.read('chatops.yaml').replace(/receiver: \w+/, `receiver: ${receiver}`));

    const expectNothingToDo = async (): Promise<void> => {
      const { status, stdout } = await command('up');
      expect(stdout).toMatch(/^0 changes/m);
      expect(status).toBe(0);
    };

    /** @returns id of the commit */
    const push = async (more: readonly Json[] = [], where: Json = { branch: 'main' }): Promise<string> => {
      commits += 1;
      const actions = [{ action: 'create', file_path: `notes/${commits}.md`, content: 'a note' }, ...more];
      const commit = { ...where, commit_message: `Add note ${commits}`, actions };
      return (await live.gitlab('POST', `${PROJECT}/repository/commits`, commit)).id;
    };

    const messages = async (): Promise<Json[]> =>
      (await live.chat('GET', 'channels.messages?roomName=ci&count=100&sort={"ts":-1}')).messages;
    const textOf = ({ msg, attachments }: Json): string => `${msg}${JSON.stringify(attachments ?? [])}`;
    const naming = async (text: string): Promise<Json[]> =>
      (await messages()).filter((message) => textOf(message).includes(text));

    /** What the relay has taken and not posted yet, as it is on its disk. */
    const waiting = async (): Promise<string> => {
      const { relay } = await stack.containers();
      const archive = await stack.docker('cp', `${relay?.id}:/var/lib/chatops/relay.json`, '-');
      const { outbox } = JSON.parse(archive.slice(archive.indexOf('{'), archive.lastIndexOf('}') + 1));
      return JSON.stringify(outbox);
    };

    /** A container that has started takes nothing yet, and GitLab sends no delivery twice. */
    const timesTaking = async (): Promise<number> => {
      const { relay } = await stack.containers();
      return (await stack.docker('logs', relay?.id ?? 'relay')).split('taking deliveries').length - 1;
    };

    const hooks = (): Promise<Json[]> => live.gitlab('GET', `${PROJECT}/hooks`);

    /** Where it stays away, what the hook and the relay say of it is in the failure. */
    const expectShown = (note: string): Promise<void> =>
      expect
        .poll(async () => {
          if ((await naming(note)).length > 0) return { shown: true };
          const { relay } = await stack.containers();
          const lines = relay && (await stack.docker('logs', '--tail', '5', relay.id));
          return { shown: false, hooks: (await hooks()).map(({ alert_status: status }) => status), lines };
        }, SHOWN_WITHIN)
        .toEqual({ shown: true });

    beforeAll(async () => {
      stack = await aContainerStack({ more: MORE });
      first = await command('up');
      const port = Number(/http: (\d+)/.exec(stack.read('chatops.yaml'))?.[1]);
      live = serversOf(stack, {
        chat: { port, host: 'chat.chatops.localhost' },
        gitlab: { port, host: 'git.chatops.localhost' },
      });
    }, within(150_000));

    afterAll(() => stack?.remove(), within(60_000));

    it('comes from nothing to a pipeline event that became a message', () => {
      expect(first.stderr).toBe('');
      expect(first.status).toBe(0);
      expect(first.stdout).toMatch(/^relay: ready/m);
      expect(first.stdout).toMatch(/a GitLab pipeline event became the message/);
    });

    it(
      'changes nothing the second time, and everything is usable and as wanted',
      async () => {
        await expectNothingToDo();
        expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
        expect((await command('status')).stdout).toContain('everything is usable and as wanted');
      },
      within(90_000),
    );

    it('runs it as nobody, who may write its memory and nothing else', async () => {
      const { relay } = await stack.containers();
      const [{ Config, HostConfig }] = JSON.parse(await stack.docker('inspect', relay?.id ?? 'relay'));
      expect(Config.User).toBe('65532');
      expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], CapAdd: null });
      expect(HostConfig.SecurityOpt).toContain('no-new-privileges:true');
      const kept = await stack.docker('cp', `${relay?.id}:/var/lib/chatops/relay.json`, '-');
      expect(kept).toContain('"instance"');
    });

    it('has it in no network but those it needs', async () => {
      const { status, stdout } = await command('doctor', 'network', '--json');
      const { ways, broken } = JSON.parse(stdout) as Readonly<Record<'ways' | 'broken', readonly Json[]>>;
      expect(broken).toEqual([]);
      expect(status).toBe(0);
      const own = ways.filter(({ from }) => from === 'relay').map(({ to, kind }) => [to, kind]);
      expect(Object.fromEntries(own)).toMatchObject({ 'rocketchat:3000': 'reached', 'mongo:27017': 'no-name' });
    });

    it(
      'reports a push, and its pipeline in one message that changes with it',
      async () => {
        // A branch of its own, so that no other pipeline stands still.
        const action = { action: 'update', file_path: '.gitlab-ci.yml', content: HELD_PIPELINE };
        await live.gitlab('POST', `${PROJECT}/repository/branches?branch=held&ref=main`);
        const sha = await push([action], { branch: 'held' });
        await expectShown(`Add note ${commits}`);
        const [{ id }] = await live.gitlab('GET', `${PROJECT}/pipelines?sha=${sha}`);
        const shown = () => naming(`/pipelines/${id})`);
        await expect.poll(async () => (await shown())[0]?.msg, SHOWN_WITHIN).toContain('waiting for a manual action');
        const [before] = await shown();
        const [job] = await live.gitlab('GET', `${PROJECT}/pipelines/${id}/jobs`);
        await live.gitlab('POST', `${PROJECT}/jobs/${job.id}/play`);
        await expect.poll(async () => (await shown())[0]?.msg, SHOWN_WITHIN).toContain('passed');
        expect(await shown()).toEqual([expect.objectContaining({ _id: before._id, editedAt: expect.anything() })]);
      },
      within(150_000),
    );

    it(
      'loses nothing when it is killed while the chat is away, and posts it once',
      async () => {
        const { rocketchat, relay } = await stack.containers();
        const timesBefore = await timesTaking();
        await stack.docker('pause', rocketchat?.id ?? 'rocketchat');
        await push();
        await expect.poll(waiting, SHOWN_WITHIN).toContain(`Add note ${commits}`);
        const pid = Number(await stack.docker('inspect', '--format', '{{.State.Pid}}', relay?.id ?? 'relay'));
        process.kill(pid, 'SIGKILL');
        await expect.poll(timesTaking, SHOWN_WITHIN).toBeGreaterThan(timesBefore);
        await stack.docker('unpause', rocketchat?.id ?? 'rocketchat');
        await expectShown(`Add note ${commits}`);
        await push();
        await expectShown(`Add note ${commits}`);
        expect(await waiting()).not.toContain('Add note');
        const pushes = (await naming(`Add note ${commits - 1}`)).filter(({ msg }) => !msg.includes('/pipelines/'));
        expect(pushes).toHaveLength(1);
        await expectNothingToDo();
      },
      within(240_000),
    );

    it('is proven by smoke', async () => {
      const { status, stdout } = await command('smoke', '--json');
      const { checks } = JSON.parse(stdout) as { readonly checks: readonly Json[] };
      expect(checks.filter(({ result }) => result !== 'passed')).toEqual([]);
      expect(checks.map(({ name }) => name)).toContain('delivery → message in #ci');
      expect(status).toBe(0);
    });

    it(
      'takes both secrets while its hooks are given a new one, and only that one in the end',
      async () => {
        const before = stack.secret('CHATOPS_HOOK_SECRET');
        const rotating = stack.drive(['rotate', 'hook-secret', '--yes']);
        // The relay has the new one, its hooks the former one; then all have the new one.
        await rotating.says('relay: ready');
        await push();
        await rotating.says('~ hook');
        await push();
        expect((await rotating.ended).status).toBe(0);
        await push();
        expect(stack.secret('CHATOPS_HOOK_SECRET')).not.toBe(before);
        for (const note of [commits - 2, commits - 1, commits].map((number) => `Add note ${number}`)) {
          await expectShown(note);
        }
        await expectNothingToDo();
      },
      within(240_000),
    );

    it(
      'is taken out by one run, which moves the hooks it had to the webhook of the chat',
      async () => {
        const [hook] = await hooks();
        receiveBy('webhook');
        const { stderr, status, stdout } = await command('up');
        expect(stderr).toBe('');
        expect(status).toBe(0);
        expect(stdout).toMatch(/~ hook .*#ci/);
        expect((await stack.containers()).relay).toBeUndefined();
        expect(await hooks()).toEqual([
          expect.objectContaining({ id: hook.id, url: expect.stringContaining('rocketchat:3000') }),
        ]);
        await expectNothingToDo();
        await push();
        await expectShown(`Add note ${commits}`);
      },
      within(180_000),
    );

    it(
      'is taken back by one run, which switches the webhook off when no hook needs it',
      async () => {
        const [hook] = await hooks();
        receiveBy('relay');
        const plan = await command('plan');
        expect(plan.stdout).toMatch(/~ hook .*#ci/);
        expect(plan.stdout).not.toContain('as for a new server');
        const { stderr, status, stdout } = await command('up');
        expect(stderr).toBe('');
        expect(status).toBe(0);
        expect(stdout).toContain('no hook sends to it by then');
        expect(await hooks()).toEqual([
          expect.objectContaining({ id: hook.id, url: expect.stringContaining('relay:9095') }),
        ]);
        const { integrations } = await live.chat('GET', 'integrations.list');
        expect(integrations.map(({ enabled }: Json) => enabled)).toEqual([false]);
        await expectNothingToDo();
      },
      within(180_000),
    );
  });
};

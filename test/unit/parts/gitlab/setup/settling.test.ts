/** gitlab-setup while GitLab's processes disagree about what they may call: real sockets, one clock for both sides. */
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../../../src/adapters/http.ts';
import type { Clock } from '../../../../../src/contracts/clock.ts';
import type { Job } from '../../../../../src/contracts/job.ts';
import { provide, withClients } from '../../../../../src/contracts/ports.ts';
import { runJob } from '../../../../../src/engine/run-job.ts';
import { createGitLab } from '../../../../../src/parts/gitlab/client/gitlab.ts';
import { GITLAB } from '../../../../../src/parts/gitlab/gitlab.ts';
import { createGitLabSetupJob } from '../../../../../src/parts/gitlab/setup/gitlab-setup.ts';
import { withContracts } from '../../../../../src/wiring/with-contracts.ts';
import { changeLines, setupSpec, wantedHook } from '../../../../builders/gitlab-jobs.ts';
import { createWorld } from '../../../../builders/gitlab-ports.ts';
import { createHeldTime, type HeldTime } from '../../../../fakes/held-time.ts';
import { atEnd } from '../../../../helpers/at-end.ts';
import { call, startGitLab } from '../../../../standins/gitlab/start-gitlab.ts';
import { startReceiver } from '../../../../standins/gitlab/start-receiver.ts';

/** Sleeping lets the server's time pass too. @param before happens first, at every sleep */
const sharedClock = (time: HeldTime, before: () => Promise<void>): Clock => ({
  now: () => time.now(),
  date: () => new Date(time.now()),
  sleep: async (ms, signal) => {
    await before();
    signal?.throwIfAborted();
    time.pass(ms);
  },
});

const bundled = (cacheSeconds: number) => `puma['worker_processes'] = 0
gitlab_rails['application_settings_cache_seconds'] = ${cacheSeconds}`;

const start = async ({ version = '19.3.0', cacheSeconds = 5 } = {}) => {
  const chat = await startReceiver();
  const time = createHeldTime(200);
  const gitlab = await startGitLab({
    version,
    names: { 'rocketchat:3000': chat.port },
    settingsCachedMs: undefined,
    env: { GITLAB_OMNIBUS_CONFIG: bundled(cacheSeconds) },
    time,
  });
  atEnd(chat.stop);
  atEnd(gitlab.stop);
  time.hold();
  const world = createWorld();
  world.secrets.set('CHATOPS_GITLAB_TOKEN', gitlab.token);
  const whileItWaits = { happens: async () => {} };
  const clock = sharedClock(time, () => whileItWaits.happens());
  const resolve = () => ({ host: '127.0.0.1', port: gitlab.port });
  const ports = withContracts({
    ...withClients(world.ports, provide(GITLAB, createGitLab(createHttp(), clock))),
    addresses: { resolve },
    clock,
  });
  let files = 0;
  const hooks = '/projects/ops%2Fapp/hooks';
  const { controls, ledger } = gitlab.server;
  const hasHook = async () => ((await call(gitlab, 'GET', hooks)).body as unknown[]).length > 0;
  return {
    chat,
    time,
    waited: [] as string[],
    whileItWaits,
    writes: () => ledger.totals().write,
    setup(signal = new AbortController().signal) {
      const job = createGitLabSetupJob(setupSpec({ hooks: [wantedHook({ events: ['push'] })] }), ports) as Job;
      return runJob(job, { withinMs: 300_000, clock, signal, onWaiting: (what) => this.waited.push(what) });
    },
    push: async () => {
      const actions = [{ action: 'create', file_path: `f${++files}`, content: 'x' }];
      const body = { branch: 'main', commit_message: 'c', actions };
      await call(gitlab, 'POST', '/projects/ops%2Fapp/repository/commits', body);
      await controls.deliveriesDone();
    },
    hasHook,
    /** What was sent for pushes through our hook, newest first. */
    pushes: async (): Promise<readonly string[]> => {
      const [{ id }] = (await call(gitlab, 'GET', hooks)).body;
      const log: { trigger: string; response_status: string }[] = (await call(gitlab, 'GET', `${hooks}/${id}/events`))
        .body;
      return log.filter(({ trigger }) => trigger === 'push_hooks').map(({ response_status }) => response_status);
    },
  };
};

type Stack = Awaited<ReturnType<typeof start>>;

/** A user pushes once, as soon as the hook is there. */
const pushOnce = (stack: Stack, then: () => void = () => {}): void => {
  let isDone = false;
  stack.whileItWaits.happens = async () => {
    if (isDone || !(await stack.hasHook())) return;
    isDone = true;
    await stack.push();
    then();
  };
};

describe('gitlab-setup', () => {
  it('is done only when what is pushed from then on is announced', async () => {
    const stack = await start();
    await stack.setup();
    await stack.push();
    expect(await stack.pushes()).toEqual(['200']);
    expect(stack.waited).toEqual(["all of GitLab's processes to know what it may call (5 s)"]);
  });

  it('waits once: a later run writes nothing and does not wait', async () => {
    const stack = await start();
    await stack.setup();
    const [writes, at] = [stack.writes(), stack.time.now()];
    expect(changeLines(await stack.setup())).toEqual([]);
    expect([stack.writes(), stack.time.now()]).toEqual([writes, at]);
  });

  it('has sent again what a user pushed meanwhile', async () => {
    const stack = await start();
    pushOnce(stack);
    const outcome = await stack.setup();
    expect(changeLines(outcome).at(-1)).toMatch(/^update hook delivery project ops\/app → #ci \(push, id \d+\)$/);
    expect(await stack.pushes()).toEqual(['200', 'internal error']);
    expect(stack.chat.received).toHaveLength(1);
    expect(changeLines(await stack.setup())).toEqual([]);
    expect(stack.chat.received).toHaveLength(1);
  });

  it('killed while it waits, does both in the next run', async () => {
    const stack = await start();
    const stop = new AbortController();
    pushOnce(stack, () => stop.abort());
    await expect(stack.setup(stop.signal)).rejects.toThrow();
    expect(await stack.pushes()).toEqual(['internal error']);
    await stack.setup();
    await stack.push();
    expect(await stack.pushes()).toEqual(['200', '200', 'internal error']);
  });

  it('sends nothing again that was lost for another reason long ago', async () => {
    const stack = await start({ cacheSeconds: 120 });
    await stack.setup();
    await stack.push();
    expect(await stack.pushes()).toEqual(['internal error']);
    stack.time.pass(69_000);
    expect(changeLines(await stack.setup())).toEqual([]);
  });

  it('says what it could not send again, and how it is done by hand, where GitLab has no call for it', async () => {
    const stack = await start({ version: '17.3.0' });
    pushOnce(stack);
    const { warnings } = await stack.setup();
    expect(warnings).toEqual([
      expect.stringMatching(
        /^hook delivery project ops\/app → #ci \(push, id \d+\) could not be sent again \(this GitLab has no call for it\): .* Recent events$/,
      ),
    ]);
  });

  it('says what the chat did not take when it was sent again', async () => {
    const stack = await start();
    stack.chat.answer = { status: 500, body: 'broken' };
    pushOnce(stack);
    const { warnings } = await stack.setup();
    expect(warnings).toEqual([expect.stringContaining('could not be sent again (answered 500)')]);
  });
});

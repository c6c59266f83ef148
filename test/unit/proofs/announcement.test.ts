import { describe, expect, it } from 'vitest';
import type { HookDelivery } from '../../../src/contracts/forge.ts';
import type { Job } from '../../../src/contracts/job.ts';
import { runJob } from '../../../src/engine/run-job.ts';
import { createGitLabSetupJob } from '../../../src/parts/gitlab/setup/gitlab-setup.ts';
import { createAnnouncementJob } from '../../../src/proofs/announcement/announcement.ts';
import { namesPipeline, namesProject } from '../../../src/proofs/announcement/decide.ts';
import { pipelineState } from '../../../src/proofs/announcement/pipeline-state.ts';
import { announcementSpec, changeLines, failure, run, setupSpec } from '../../builders/gitlab-jobs.ts';
import { createWorld, type World } from '../../builders/gitlab-ports.ts';
import { createFakeGitLab } from '../../fakes/fake-gitlab.ts';

const up = (world: World, spec = announcementSpec()) => run(createAnnouncementJob(spec, world.ports) as Job);

/** Run on one clock with its servers, to the end of its time. */
const waitingUp = async (world: World, withinMs: number) => {
  const waited: string[] = [];
  const { clock } = world.ports;
  const running = runJob(createAnnouncementJob(announcementSpec(), world.ports) as Job, {
    withinMs,
    clock,
    signal: new AbortController().signal,
    onWaiting: (forWhat) => waited.push(forWhat),
  });
  return { error: await failure(running), waited };
};

/** What its end was sent as. */
const sent = (pipeline: number, delivery: Partial<HookDelivery> = {}): HookDelivery => ({
  id: 1,
  key: 'k1',
  kind: 'pipeline',
  status: 'success',
  objectId: pipeline,
  responseStatus: '200',
  responseBody: '',
  answeredAt: undefined,
  ...delivery,
});

const say = (world: World, text: string): void => {
  world.messages.push({ id: `m${world.messages.length}`, roomId: 'room-ci', text });
};

/** A stack whose hook works: what GitLab sends is said in the room. */
const wired = async (external = false): Promise<World> => {
  const world = createWorld(external ? createFakeGitLab({ projects: [{ path: 'ops/app' }] }) : undefined);
  await run(createGitLabSetupJob(setupSpec({ external }), world.ports) as Job);
  world.gitlab.onPipeline = (id, project) =>
    say(world, `pipeline [#${id}](http://git/${project}/-/pipelines/${id}): pending`);
  world.gitlab.deliver = (event) => {
    say(world, `${event} in ops/app`);
    return 'delivered';
  };
  world.gitlab.calls.length = 0;
  return world;
};

const external = announcementSpec({ external: true, receiver: setupSpec({ external: true }).receiver });

describe('the announcement', () => {
  it('of a GitLab of ours is proven by a pipeline that becomes a message', async () => {
    const world = await wired();
    expect(changeLines(await up(world))).toEqual(['create announcement ops/app → #ci']);
    expect(world.gitlab.pipelines).toHaveLength(1);
    expect(world.proofs.get('announcement')).toMatchObject({
      messageId: 'm0',
      roomId: 'room-ci',
      text: world.messages[0]?.text,
    });
  });

  it('that can still be read is not asked for again', async () => {
    const world = await wired();
    await up(world);
    world.gitlab.calls.length = 0;
    expect(changeLines(await up(world))).toEqual([]);
    expect(world.gitlab.calls).toEqual([]);
  });

  it('that a room does not want to hear of is not asked for, and a warning says how to see one', async () => {
    const world = await wired();
    const quiet = await up(world, announcementSpec({ filter: { loud: 'failures' } }));
    expect([changeLines(quiet), quiet.warnings]).toEqual([
      [],
      [expect.stringContaining('hears of failures and recoveries only')],
    ]);
    const other = await up(world, announcementSpec({ filter: { branches: ['release/*'] } }));
    expect([changeLines(other), other.warnings]).toEqual([[], [expect.stringContaining('the default branch is main')]]);
    expect(world.gitlab.pipelines).toHaveLength(0);
    const fitting = await up(world, announcementSpec({ filter: { branches: ['ma*'] } }));
    expect(changeLines(fitting)).toEqual(['create announcement ops/app → #ci']);
  });

  it('is proven again when a user deleted the message', async () => {
    const world = await wired();
    await up(world);
    world.messages.length = 0;
    expect(changeLines(await up(world))).toEqual(['create announcement ops/app → #ci']);
  });

  it('is not proven by messages that were there before, nor by another pipeline', async () => {
    const world = await wired();
    say(world, 'pipeline #4711 of ops/app');
    world.gitlab.onPipeline = () => say(world, 'pipeline #4711 of ops/app');
    const error = await failure(up(world));
    expect(error.code).toBe('JOB_FAILED');
    expect(error.why).toMatch(/pipeline \d+ has ended \(success\), .*#ci does not show it after 120 s/);
    expect(error.next).toContain('Webhooks');
    expect(world.proofs.get('announcement')?.messageId).toBe('');
  });

  it('waits for its pipeline as long as the job may take, and says meanwhile what the pipeline waits for', async () => {
    const world = await wired();
    world.gitlab.onPipeline = undefined;
    world.gitlab.pipelineJobs = [
      { id: 7, name: 'hello', status: 'pending', failureReason: undefined, runner: undefined },
    ];
    world.gitlab.pipelineStates = ['pending'];
    const { error, waited } = await waitingUp(world, 600_000);
    const [pipeline] = world.gitlab.pipelines;
    const says = `pipeline ${pipeline?.id} is pending: no runner has taken its job hello`;
    expect(waited).toEqual([says]);
    expect(error).toMatchObject({ code: 'GATE_TIMED_OUT', why: says });
  });

  it('is not waited for any longer when the chat has refused its delivery; the next run asks for a new one', async () => {
    const world = await wired();
    world.gitlab.onPipeline = (id) => {
      world.gitlab.deliveries = [sent(id, { responseStatus: '400', responseBody: 'no such room' })];
    };
    expect(await failure(up(world))).toMatchObject({
      code: 'JOB_FAILED',
      why: "GitLab's delivery was answered with 400: no such room",
    });
    world.gitlab.onPipeline = (id) => say(world, `pipeline #${id}`);
    await up(world);
    expect(world.gitlab.pipelines).toHaveLength(2);
  });

  it('asks for a new pipeline when a process of the forge did not know yet that it may call the chat', async () => {
    const world = await wired();
    for (const hook of world.gitlab.hooks) hook.ageMs = 50_000;
    world.gitlab.onPipeline = (id) => {
      if (world.gitlab.pipelines.length > 1) return say(world, `pipeline #${id}`);
      world.gitlab.deliveries = [sent(id, { responseStatus: 'internal error' })];
    };
    expect(changeLines(await up(world))).toEqual(['create announcement ops/app → #ci']);
    expect(world.gitlab.pipelines).toHaveLength(2);
    expect(world.proofs.get('announcement')?.messageId).toBe('m0');
  });

  it.each([
    ['for longer than any process may go by former rules', 75_000],
    ['for a time the forge does not say', undefined],
  ])('fails when the forge cannot send although the hook has stood %s', async (_what, ageMs) => {
    const world = await wired();
    for (const hook of world.gitlab.hooks) hook.ageMs = ageMs;
    world.gitlab.onPipeline = (id) => {
      world.gitlab.deliveries = [sent(id, { responseStatus: 'internal error' })];
    };
    expect(await failure(up(world))).toMatchObject({
      code: 'JOB_FAILED',
      why: "GitLab's delivery was answered with internal error",
    });
    expect(world.gitlab.pipelines).toHaveLength(1);
  });

  it('asks for a new pipeline when that of an interrupted run is gone', async () => {
    const world = await wired();
    world.gitlab.pipelineStates = ['pending'];
    world.gitlab.onPipeline = undefined;
    await waitingUp(world, 5_000);
    world.gitlab.pipelines.length = 0;
    world.gitlab.onPipeline = (id) => say(world, `pipeline #${id}`);
    await up(world);
    expect(world.gitlab.pipelines).toHaveLength(1);
    expect(world.proofs.get('announcement')?.messageId).toBe('m0');
  });

  it('interrupted after the pipeline was asked for runs no second one', async () => {
    const world = await wired();
    world.gitlab.onPipeline = undefined;
    world.gitlab.pipelineStates = ['running'];
    expect((await waitingUp(world, 5_000)).error.code).toBe('GATE_TIMED_OUT');
    const [pipeline] = world.gitlab.pipelines;
    say(world, `pipeline #${pipeline?.id}`);
    await up(world);
    expect(world.gitlab.pipelines).toHaveLength(1);
    expect(world.proofs.get('announcement')?.messageId).toBe('m0');
  });

  it('of an existing GitLab is asked for by the test of the hook, never by a pipeline', async () => {
    const world = await wired(true);
    await up(world, external);
    expect(world.gitlab.writes()).toEqual(['write testHook']);
    expect(world.messages.map(({ text }) => text)).toEqual(['pipeline in ops/app']);
  });

  it('of an existing GitLab without pipelines is a push', async () => {
    const world = await wired(true);
    world.gitlab.deliver = (event) => {
      if (event === 'pipeline') return 'no-data';
      say(world, 'somebody pushed to ops/app');
      return 'delivered';
    };
    await up(world, external);
    expect(world.proofs.get('announcement')?.text).toBe('somebody pushed to ops/app');
  });

  it('that GitLab cannot deliver is a warning with what GitLab says, and no proof', async () => {
    const world = await wired(true);
    world.gitlab.deliver = () => 'failed';
    const outcome = await up(world, external);
    expect(outcome.changes).toEqual([]);
    expect(outcome.warnings).toMatchObject([expect.stringContaining('test delivery failed: because')]);
    expect(world.proofs.size).toBe(0);
  });

  it('without anything to send is a warning that says what to do', async () => {
    const world = await wired(true);
    world.gitlab.deliver = () => 'no-data';
    expect((await up(world, external)).warnings).toMatchObject([expect.stringContaining('push a commit')]);
  });

  it('without a hook, because GitLab would not take it, is a warning and asks for no pipeline', async () => {
    for (const spec of [external, announcementSpec()]) {
      const world = createWorld(createFakeGitLab({ projects: [{ path: 'ops/app', defaultBranch: 'main' }] }));
      expect((await up(world, spec)).warnings).toMatchObject([expect.stringContaining('gitlab-setup')]);
      expect(world.gitlab.writes()).toEqual([]);
    }
  });

  it('of a project that GitLab does not show is a warning', async () => {
    expect((await up(createWorld(), external)).warnings).toMatchObject([expect.stringContaining('no such project')]);
  });

  it('uses the test of the hook for a project of a user that has no CI', async () => {
    const world = await wired();
    world.gitlab.files.length = 0;
    await up(world);
    expect(world.gitlab.writes()).toEqual(['write createPipeline', 'write testHook']);
  });

  it('into a room that the bot does not see is a conflict', async () => {
    const world = await wired();
    world.chat.hasRoom = false;
    expect((await failure(up(world))).code).toBe('CONFLICT');
  });

  it('is planned without asking anybody', () => {
    const job = createAnnouncementJob(announcementSpec(), createWorld().ports);
    expect(job.decide(job.blank()).changes).toHaveLength(1);
  });
});

describe('a message is recognised', () => {
  it.each([
    ['pipeline #12 passed', true],
    ['see http://git/ops/app/-/pipelines/12', true],
    ['pipeline #123', false],
    ['12 commits', false],
    ['issue#12.', true],
  ])('by the number of the pipeline: %s → %s', (text, expected) => {
    expect(namesPipeline(text, 12)).toBe(expected);
  });

  it.each([
    ['push to ops/app', true],
    ['push to OPS/App (main)', true],
    ['push to ops/app-2', false],
    ['push to devops/app', false],
  ])('by the path of the project: %s → %s', (text, expected) => {
    expect(namesProject(text, 'ops/app')).toBe(expected);
  });
});

describe('what a pipeline waits for', () => {
  const job = (status: string, runner?: string) => ({ id: 7, name: 'hello', status, failureReason: undefined, runner });
  it.each([
    ['created', [], 'pipeline 2 is created'],
    ['pending', [job('pending')], 'pipeline 2 is pending: no runner has taken its job hello'],
    ['running', [job('pending'), job('running', 'ours')], 'pipeline 2 is running: job hello is at work on ours'],
    ['manual', [job('manual')], 'pipeline 2 is manual: it waits to be started by hand'],
  ])('%s', (status, jobs, says) => {
    expect(pipelineState({ id: 2, status }, jobs)).toBe(says);
  });
});

/**
 * What `up` does is what `plan` showed, and nothing of anybody else's: two or three stacks on one GitLab, their plans and
 * runs in any order, with people's acts in between. The GitLab is played in memory, the jobs are those of the stacks.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Job, nothingToDo } from '../../src/contracts/job.ts';
import { createGitLabSetupJob } from '../../src/parts/gitlab/setup/gitlab-setup.ts';
import type { GitLabSetupSpec } from '../../src/parts/gitlab/setup/spec.ts';
import { createRunnerRegistrationJob } from '../../src/parts/gitlab-runner/setup/runner-registration.ts';
import { run, runnerSpec, setupSpec, wantedHook } from '../builders/gitlab-jobs.ts';
import { createWorld, type World } from '../builders/gitlab-ports.ts';
import { ALL_EVENTS, createFakeGitLab, type FakeGitLab } from '../fakes/fake-gitlab.ts';
import { cases } from '../helpers/cases.ts';
import { endsAsPlanned } from './as-planned.ts';

const GITLAB = { kind: 'url', url: 'https://git.example.com' } as const;
const ROOMS = ['ci', 'dev'] as const;
const PROJECTS = ['ops/app', 'tools/web'] as const;
const NAMES = ['ops', 'ops', 'dev'] as const;

const events = fc.uniqueArray(fc.constantFrom(...ALL_EVENTS), { minLength: 1, maxLength: 3 });
const announced = fc.uniqueArray(
  fc.record({ path: fc.constantFrom(...PROJECTS), room: fc.constantFrom(...ROOMS), events }),
  { maxLength: 3, selector: ({ path, room }) => `${path} ${room}` },
);
const which = fc.nat({ max: 30 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('up' as const), stack: which }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('want' as const), stack: which, announced }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('runner' as const), stack: which, tags: fc.subarray(['a', 'b']) }),
  },
  // The folder with .chatops and the runner's file is lost, .env is not.
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lose' as const), stack: which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom(
        'add' as const,
        'rename' as const,
        'delete' as const,
        'switch-off' as const,
        'change' as const,
      ),
      hook: which,
      place: fc.constantFrom(...PROJECTS.map((path) => `project ${path}`)),
      name: fc.constantFrom(
        '',
        'mine',
        'chatops-up:ops',
        'chatops-up:ops #ci',
        'chatops-up:dev #dev',
        'chatops-up:ops-2 #ci',
      ),
      events,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('delete-runner' as const, 'edit-runner' as const), hook: which }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Stack {
  readonly index: number;
  readonly mark: string;
  readonly world: World;
  announced: typeof announced extends fc.Arbitrary<infer T> ? T : never;
  tags: readonly string[] | undefined;
  /** Its chat runs and has a webhook. */
  runs: boolean;
}

const stackAt = (index: number, gitlab: FakeGitLab): Stack => {
  const world = createWorld(gitlab);
  world.secrets.set('CHATOPS_HOOK_SECRET', `hook-secret-${index}`);
  world.chat.hasWebhook = false;
  return { index, mark: `chatops-up:${NAMES[index]}`, world, announced: [], tags: undefined, runs: false };
};

const hookJobOf = ({ mark, index, world, announced: entries, runs }: Stack): Job => {
  const { receiver } = setupSpec();
  const spec: GitLabSetupSpec = setupSpec({
    ...{ mark, external: true, target: GITLAB, allowList: [], projects: [] },
    hooks: entries.map(({ path, ...rest }, at) => wantedHook({ source: { kind: 'project', path }, ...rest }, at)),
    receiver: {
      ...receiver,
      target: { kind: 'url', url: `https://chat-${index}.example.com` },
      ...(runs ? {} : { isNew: true }),
    } as GitLabSetupSpec['receiver'],
  });
  return createGitLabSetupJob(spec, world.ports) as Job;
};

const runnerJobOf = ({ mark, world, tags }: Stack): Job | undefined => {
  if (tags === undefined) return undefined;
  const spec = { ...runnerSpec({ tags, runUntagged: tags.length === 0 }), mark, target: GITLAB };
  return createRunnerRegistrationJob(spec, world.ports) as Job;
};

const jobsOf = (stack: Stack): readonly Job[] =>
  [hookJobOf(stack), runnerJobOf(stack)].filter((job) => job !== undefined);

const signal = new AbortController().signal;

/** Everything on the GitLab: hooks by `h` and id, runners by `r` and id. */
const objects = ({ hooks, runners }: FakeGitLab): ReadonlyMap<string, string> =>
  new Map([
    ...hooks.map((each) => [`h${each.id}`, JSON.stringify(each)] as const),
    ...runners.map((each) => [`r${each.id}`, JSON.stringify(each)] as const),
  ]);

interface History {
  readonly gitlab: FakeGitLab;
  readonly stacks: readonly Stack[];
  /** Object → index of the stack that made it; nobody else has touched it. */
  readonly madeBy: Map<string, number>;
  webhooks: number;
}

/** Plans, starts what is not there yet, runs, and compares. */
const up = async (history: History, stack: Stack): Promise<void> => {
  const { gitlab, madeBy } = history;
  gitlab.calls.length = 0;
  const plans = await Promise.all(jobsOf(stack).map(async (job) => job.decide(await job.observe(signal))));
  expect(gitlab.writes()).toEqual([]);
  if (!stack.runs) {
    history.webhooks += 1;
    Object.assign(stack.world.chat, { hasWebhook: true, webhookId: `int${history.webhooks}` });
    stack.runs = true;
  }
  const before = objects(gitlab);
  for (const [at, job] of jobsOf(stack).entries()) await endsAsPlanned(plans[at] ?? nothingToDo, run(job));
  if (stack.world.file.text !== undefined) stack.world.systemId ??= `s_${stack.index}_${history.webhooks}`;
  const after = objects(gitlab);
  for (const key of after.keys()) if (!before.has(key)) madeBy.set(key, stack.index);
  for (const [key, owner] of madeBy) {
    if (owner !== stack.index) expect({ [key]: after.get(key) }).toEqual({ [key]: before.get(key) });
    if (!after.has(key)) madeBy.delete(key);
  }
};

const act = async (history: History, each: Step): Promise<void> => {
  const { gitlab, stacks, madeBy } = history;
  if ('stack' in each) {
    const stack = stacks[each.stack % stacks.length] as Stack;
    if (each.what === 'up') await up(history, stack);
    else if (each.what === 'want') stack.announced = each.announced;
    else if (each.what === 'runner') stack.tags = each.tags;
    else {
      stack.world.hookPlaces.length = 0;
      stack.world.file.text = undefined;
      stack.world.systemId = undefined;
      // Nobody works with its runner any more, and whose it was cannot be seen.
      for (const [key, owner] of madeBy) if (owner === stack.index && key.startsWith('r')) madeBy.delete(key);
    }
    return;
  }
  if (!('place' in each)) {
    const runner = gitlab.runners[each.hook % Math.max(1, gitlab.runners.length)];
    if (runner === undefined) return;
    madeBy.delete(`r${runner.id}`);
    if (each.what === 'edit-runner') Object.assign(runner, { tags: ['by-hand'] });
    else gitlab.runners.splice(gitlab.runners.indexOf(runner), 1);
    return;
  }
  const { what, hook: at, place, name, events: on } = each;
  const hook = gitlab.hooks[at % Math.max(1, gitlab.hooks.length)];
  if (what === 'add' || hook === undefined) {
    gitlab.addHook({ place, name, events: on, url: hook?.url ?? 'https://example.com/hook' });
    return;
  }
  madeBy.delete(`h${hook.id}`);
  if (what === 'delete') gitlab.hooks.splice(gitlab.hooks.indexOf(hook), 1);
  else if (what === 'rename') hook.name = name;
  else if (what === 'switch-off') hook.executable = false;
  else Object.assign(hook, { events: on, description: 'changed by hand' });
};

it('up does what plan showed, and touches nothing that another stack or a person made', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(2, 3),
      fc.constantFrom<[number, number]>([17, 1], [18, 2], [19, 3]),
      fc.array(step, { minLength: 3, maxLength: 20 }),
      async (count, version, steps) => {
        const gitlab = createFakeGitLab({
          version,
          groups: ['ops', 'tools'],
          projects: PROJECTS.map((path) => ({ path, defaultBranch: 'main' })),
        });
        const stacks = [...Array(count).keys()].map((index) => stackAt(index, gitlab));
        // Whose file holds a runner's token has a process that works with it.
        gitlab.managersOf = (id) => {
          const { token } = gitlab.runners.find((runner) => runner.id === id) ?? {};
          return stacks.flatMap(({ world: { file, systemId, ports } }) =>
            systemId !== undefined && token !== undefined && file.text?.includes(`"${token}"`)
              ? [{ systemId, version: '19.3.0', contactedAt: ports.clock.date().toISOString() }]
              : [],
          );
        };
        const history: History = { gitlab, stacks, madeBy: new Map(), webhooks: 0 };
        for (const each of steps) await act(history, each);
      },
    ),
    { numRuns: cases(500) },
  );
});

/** Whatever runners there are and whenever the job is killed: one runner of ours, its token on disk, nobody else's touched. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/contracts/job.ts';
import { provide, withClients } from '../../src/contracts/ports.ts';
import { RUNNER_CONFIG } from '../../src/parts/gitlab-runner/runner-config.ts';
import { createRunnerRegistrationJob } from '../../src/parts/gitlab-runner/setup/runner-registration.ts';
import { MARK, run, runnerSpec } from '../builders/gitlab-jobs.ts';
import { createWorld, TEMPLATE, type World } from '../builders/gitlab-ports.ts';
import type { StoredRunner } from '../fakes/fake-gitlab.ts';
import { cases } from '../helpers/cases.ts';

const tags = fc.uniqueArray(fc.constantFrom('docker', 'linux', 'gpu', 'ünï'), { maxLength: 4 });

/** Theirs never carry our description here: that is a conflict, with a test of its own. */
const runner = fc.record({
  isOurs: fc.boolean(),
  description: fc.constantFrom('theirs', 'ops runner 2', 'OPS RUNNER', ''),
  tags,
  runUntagged: fc.boolean(),
});

const start = fc.record({
  runners: fc.array(runner, { maxLength: 6 }),
  file: fc.constantFrom('missing', 'template', 'dead-token', 'valid-token'),
  /** What a user registered in the same file, and on which side of ours. */
  beside: fc.constantFrom('nothing', 'before', 'behind', 'alone'),
});
type Start = typeof start extends fc.Arbitrary<infer T> ? T : never;

const NOTE = `Made by ${MARK}. Change it in chatops.yaml.`;
const withToken = (token: string) => TEMPLATE.replace('[[runners]]', `[[runners]]\ntoken = "${token}"`);

const BESIDE =
  '[[runners]]\n# by hand\nname = "shell"\nurl = "http://gitlab"\ntoken="glrt-by-hand"\n  executor = "shell"\n';

const withBeside = (text: string | undefined, beside: Start['beside']): string | undefined => {
  if (beside === 'nothing') return text;
  if (beside === 'alone' || text === undefined) return BESIDE;
  return beside === 'behind' ? `${text}\n${BESIDE}` : text.replace('[[runners]]', `${BESIDE}\n[[runners]]`);
};

const build = ({ runners, file, beside }: Start): World => {
  const world = createWorld();
  for (const { isOurs, ...rest } of runners) {
    world.gitlab.addRunner({ ...rest, ...(isOurs ? { description: 'ops runner', maintenanceNote: NOTE } : {}) });
  }
  const own = world.gitlab.runners.find(({ maintenanceNote }) => maintenanceNote === NOTE);
  const texts = {
    missing: undefined,
    template: TEMPLATE,
    'dead-token': withToken('glrt-dead'),
    'valid-token': own === undefined ? undefined : withToken(own.token),
  };
  world.file.text = withBeside(texts[file], beside);
  return world;
};

const isOurs = ({ maintenanceNote }: StoredRunner) => maintenanceNote === NOTE;
const theirs = ({ gitlab }: World) => structuredClone(gitlab.runners.filter((each) => !isOurs(each)));
const tokenInFile = ({ file }: World) => /token = "(.*)"/.exec(file.text ?? '')?.[1];

const wantedRunner = fc.record({ tags, runUntagged: fc.boolean() });
type When = 'before' | 'after' | 'file';
const kills = fc.array(
  fc.record({ at: fc.integer({ min: 1, max: 3 }), when: fc.constantFrom<When>('before', 'after', 'file') }),
  { maxLength: 4 },
);

const runToTheEnd = async (
  world: World,
  spec: ReturnType<typeof runnerSpec>,
  killedAt: readonly { at: number; when: When }[],
) => {
  const write = world.ports.client(RUNNER_CONFIG).write;
  const job = (ports = world.ports) => createRunnerRegistrationJob(spec, ports) as Job;
  for (const { at, when } of killedAt) {
    let seen = 0;
    const kill = (): void => {
      seen += 1;
      if (seen === at) throw new Error('killed');
    };
    world.gitlab.fault = (now) => {
      if (now === when) kill();
    };
    const dyingFile = {
      ...world.ports.client(RUNNER_CONFIG),
      write: async (text: string) => {
        if (when === 'file') kill();
        await write(text);
      },
    };
    await run(job(withClients(world.ports, provide(RUNNER_CONFIG, dyingFile)))).catch((thrown: Error) => {
      if (thrown.message !== 'killed') throw thrown;
    });
  }
  world.gitlab.fault = undefined;
  return run(job());
};

describe('runner-registration, on any GitLab and killed anywhere', () => {
  it('ends with one valid token of ours on disk, the wanted settings, and no runner more than needed', async () => {
    await fc.assert(
      fc.asyncProperty(start, wantedRunner, kills, async (from, wanted, killedAt) => {
        const world = build(from);
        const before = theirs(world);
        const had = world.gitlab.runners.filter(isOurs).length;
        const spec = runnerSpec(wanted);
        await runToTheEnd(world, spec, killedAt);
        expect(theirs(world)).toEqual(before);
        if (from.beside !== 'nothing') expect(world.file.text).toContain(BESIDE);
        expect(world.gitlab.runners.filter(isOurs)).toHaveLength(Math.max(1, had));
        const own = world.gitlab.runners.find(({ token }) => token === tokenInFile(world));
        expect(own).toMatchObject({
          description: 'ops runner',
          runUntagged: wanted.runUntagged,
          maintenanceNote: NOTE,
        });
        expect(own?.tags.toSorted()).toEqual(wanted.tags.toSorted());
        world.gitlab.calls.length = 0;
        world.file.writes = 0;
        expect((await run(createRunnerRegistrationJob(spec, world.ports) as Job)).changes).toEqual([]);
        expect(world.gitlab.writes()).toEqual([]);
        expect(world.file.writes).toBe(0);
      }),
      { numRuns: cases(200) },
    );
  });
});

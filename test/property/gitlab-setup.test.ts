/** Whatever stands on a GitLab and whenever the job is killed: it converges, doubles nothing, and touches nothing of a user's. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/contracts/job.ts';
import { createGitLabSetupJob } from '../../src/parts/gitlab/setup/gitlab-setup.ts';
import type { GitLabSetupSpec } from '../../src/parts/gitlab/setup/spec.ts';
import { MARK, run, setupSpec, wantedHook } from '../builders/gitlab-jobs.ts';
import { createWorld } from '../builders/gitlab-ports.ts';
import { ALL_EVENTS, createFakeGitLab, type FakeGitLab, type StoredHook } from '../fakes/fake-gitlab.ts';
import { cases } from '../helpers/cases.ts';

const ROOMS = ['ci', 'dev', 'ops room'] as const;
const PROJECTS = ['ops/app', 'ops/web', 'tools/sub/x'] as const;
const PREFIX = 'http://rocketchat:3000/hooks/int1/';

const events = fc.uniqueArray(fc.constantFrom(...ALL_EVENTS), { minLength: 1, maxLength: 4 });

const announcement = fc.record({ path: fc.constantFrom(...PROJECTS), room: fc.constantFrom(...ROOMS), events });

const spec = fc.uniqueArray(announcement, { maxLength: 5, selector: ({ path, room }) => `${path} ${room}` }).map(
  (entries): GitLabSetupSpec =>
    setupSpec({
      projects: [...new Set(entries.map(({ path }) => path))],
      hooks: entries.map(({ path, ...rest }, index) =>
        wantedHook({ source: { kind: 'project', path }, ...rest }, index),
      ),
    }),
);

/** A user's, also with names and addresses much like ours; ours, rotten in any way. */
const hook = fc.record({
  owner: fc.constantFrom('person', 'ours', 'ours'),
  place: fc.constantFrom(...PROJECTS.map((path) => `project ${path}`), 'instance'),
  room: fc.constantFrom(...ROOMS),
  url: fc.constantFrom('https://example.com/hook', `${PREFIX}old-token?channel=ci`, 'http://rocketchat:3000/other'),
  name: fc.constantFrom('', 'mine', 'chatops-up:ops', 'chatops-up:ops-2 #ci', `x ${MARK} #ci`),
  events,
  executable: fc.boolean(),
  secret: fc.option(fc.constant('old'), { nil: undefined }),
});

const start = fc.record({
  version: fc.constantFrom<[number, number]>([17, 1], [18, 0], [18, 2], [19, 0], [19, 3]),
  existing: fc.subarray([...PROJECTS]),
  hooks: fc.array(hook, { maxLength: 14 }),
  allowList: fc.subarray(['jenkins:8080', 'rocketchat:3000', '10.0.0.1']),
});

type Start = typeof start extends fc.Arbitrary<infer T> ? T : never;

const folders = ['ops', 'tools', 'tools/sub'];

const build = ({ version, existing, hooks, allowList }: Start): FakeGitLab => {
  const gitlab = createFakeGitLab({
    version,
    allowList,
    groups: existing.length > 0 ? folders : [],
    projects: existing.map((path) => ({ path, defaultBranch: 'main' })),
  });
  for (const { owner, room, ...rest } of hooks) {
    if (rest.place !== 'instance' && !existing.some((path) => rest.place === `project ${path}`)) continue;
    gitlab.addHook({ ...rest, name: owner === 'ours' ? `${MARK} #${room}` : rest.name });
  }
  return gitlab;
};

const isOurs = ({ name }: StoredHook) => name.startsWith(`${MARK} #`);
const theirs = (gitlab: FakeGitLab) => structuredClone(gitlab.hooks.filter((each) => !isOurs(each)));

/** Place and room of each hook of ours, sorted; a double shows twice. */
const ours = (gitlab: FakeGitLab) =>
  gitlab.hooks
    .filter(isOurs)
    .map(({ place, url }) => `${place} ${new URL(url).searchParams.get('channel')}`)
    .toSorted();

const wanted = ({ hooks }: GitLabSetupSpec) =>
  hooks.map(({ source, room }) => `project ${source.kind === 'project' ? source.path : ''} ${room}`).toSorted();

/** Runs, killed at the given write numbers in turn, until a run ends undisturbed. */
const runToTheEnd = async (
  gitlab: FakeGitLab,
  wantedSpec: GitLabSetupSpec,
  kills: readonly { at: number; when: 'before' | 'after' }[],
) => {
  const world = createWorld(gitlab);
  for (const { at, when } of kills) {
    let seen = 0;
    gitlab.fault = (now) => {
      if (now !== when) return;
      seen += 1;
      if (seen === at) throw new Error('killed');
    };
    await run(createGitLabSetupJob(wantedSpec, world.ports) as Job).catch((thrown: Error) => {
      if (thrown.message !== 'killed') throw thrown;
    });
  }
  gitlab.fault = undefined;
  await run(createGitLabSetupJob(wantedSpec, world.ports) as Job);
  return world;
};

const kills = fc.array(
  fc.record({ at: fc.integer({ min: 1, max: 8 }), when: fc.constantFrom('before' as const, 'after' as const) }),
  { maxLength: 3 },
);

describe('gitlab-setup, on any GitLab and killed anywhere', () => {
  it('ends with exactly the wanted hooks, none doubled, and every other one as it was', async () => {
    await fc.assert(
      fc.asyncProperty(start, spec, kills, async (from, wantedSpec, killedAt) => {
        const gitlab = build(from);
        const before = theirs(gitlab);
        const made = new Set([...gitlab.projects.map(({ path }) => `project ${path}`)]);
        await runToTheEnd(gitlab, wantedSpec, killedAt);
        expect(theirs(gitlab)).toEqual(before);
        const lookedAt = new Set([...wantedSpec.projects.map((path) => `project ${path}`), 'instance']);
        const left = ours(gitlab).filter((each) => [...lookedAt].some((place) => each.startsWith(`${place} `)));
        expect(left).toEqual(wanted(wantedSpec));
        for (const path of wantedSpec.projects) {
          expect(gitlab.projects.filter((project) => project.path === path)).toHaveLength(1);
          expect(gitlab.files.filter((file) => file.startsWith(`${path}/`))).toHaveLength(
            made.has(`project ${path}`) ? 0 : 1,
          );
        }
        expect(new Set(gitlab.groups).size).toBe(gitlab.groups.length);
        expect(gitlab.allowList).toEqual(expect.arrayContaining([...from.allowList, 'rocketchat:3000']));
      }),
      { numRuns: cases(150) },
    );
  });

  it('writes nothing at all the second time', async () => {
    await fc.assert(
      fc.asyncProperty(start, spec, async (from, wantedSpec) => {
        const world = await runToTheEnd(build(from), wantedSpec, []);
        world.gitlab.calls.length = 0;
        const { changes } = await run(createGitLabSetupJob(wantedSpec, world.ports) as Job);
        expect(changes).toEqual([]);
        expect(world.gitlab.writes()).toEqual([]);
      }),
      { numRuns: cases(100) },
    );
  });

  it('makes no write for each thing that is as wanted already: one more announcement is one write', async () => {
    await fc.assert(
      fc.asyncProperty(start, spec, announcement, async (from, wantedSpec, { path, room, events: more }) => {
        const existing = [...new Set([...from.existing, ...PROJECTS])];
        const isNew = !wantedSpec.hooks.some(
          (each) => each.room === room && each.source.kind === 'project' && each.source.path === path,
        );
        fc.pre(isNew);
        const all = { ...wantedSpec, projects: [...PROJECTS] };
        const world = await runToTheEnd(build({ ...from, existing }), all, []);
        world.gitlab.calls.length = 0;
        const added = wantedHook({ source: { kind: 'project', path }, room, events: more }, all.hooks.length);
        await run(createGitLabSetupJob({ ...all, hooks: [...all.hooks, added] }, world.ports) as Job);
        expect(world.gitlab.writes()).toEqual(['write createHook']);
      }),
      { numRuns: cases(60) },
    );
  });
});

/**
 * What a test call sends: the project's own newest record of the kind. Without one the call is refused; the sentences
 * begin as GitLab's do (`Ensure the project has ...`; the exact words are UNVERIFIED).
 */
import { NO_COMMIT } from '../git/repositories.ts';
import type { Hook, Project, User } from '../model.ts';
import type { World } from '../world.ts';
import { accessTokenPayload, deployTokenPayload } from './payloads/expiring.ts';
import { issuePayload, mergeRequestPayload, notePayload } from './payloads/issue.ts';
import { jobPayload } from './payloads/job.ts';
import { pipelinePayload } from './payloads/pipeline.ts';
import { pushPayload } from './payloads/push.ts';
import type { TestTrigger } from './triggers.ts';

export type Sample =
  | { readonly kind: 'payload'; readonly payload: unknown }
  | { readonly kind: 'missing'; readonly problem: string };

const newest = <T extends { readonly projectId: number }>(all: readonly T[], project: Project): T | undefined =>
  all.filter(({ projectId }) => projectId === project.id).at(-1);

const push = (world: World, project: Project, user: User, kind: 'branch' | 'tag'): unknown => {
  const head = world.repositories.resolve(project, project.defaultBranch);
  if (head === undefined) return undefined;
  const commits = world.repositories.history(project, head.sha).slice(0, 3).reverse();
  const name = kind === 'branch' ? project.defaultBranch : 'v1.0.0';
  const before = kind === 'tag' ? NO_COMMIT : (head.parents[0] ?? NO_COMMIT);
  const pushed = kind === 'tag' ? [] : commits;
  return pushPayload(world, project, user, { kind, name, before, after: head.sha, commits: pushed });
};

type Maker = (world: World, project: Project, user: User) => unknown;

const made = <T extends { readonly projectId: number }>(
  all: (world: World) => readonly T[],
  show: (world: World, project: Project, user: User, item: T) => unknown,
): Maker => {
  return (world, project, user) => {
    const item = newest(all(world), project);
    return item === undefined ? undefined : show(world, project, user, item);
  };
};

const issue = made(
  ({ state }) => state.issues.all(),
  (world, project, user, item) => issuePayload(world, project, user, item, 'open'),
);

const MAKERS: Readonly<Record<TestTrigger, readonly [Maker, string]>> = {
  push_events: [(world, project, user) => push(world, project, user, 'branch'), 'at least one commit'],
  tag_push_events: [(world, project, user) => push(world, project, user, 'tag'), 'at least one tag'],
  issues_events: [issue, 'issues'],
  confidential_issues_events: [issue, 'issues'],
  note_events: [made(({ state }) => state.notes.all(), notePayload), 'notes'],
  merge_requests_events: [
    made(
      ({ state }) => state.mergeRequests.all(),
      (world, project, user, item) => mergeRequestPayload(world, project, user, item, 'open'),
    ),
    'merge requests',
  ],
  job_events: [
    made(
      ({ state }) => state.jobs.all(),
      (world, project, _user, item) => jobPayload(world, project, item),
    ),
    'CI jobs',
  ],
  pipeline_events: [
    made(
      ({ state }) => state.pipelines.all(),
      (world, project, _user, item) => pipelinePayload(world, project, item),
    ),
    'CI pipelines',
  ],
  // This stand-in keeps neither wiki pages nor releases, milestones or emoji: their samples are always missing.
  wiki_page_events: [() => undefined, 'an enabled wiki with pages'],
  releases_events: [() => undefined, 'releases'],
  milestone_events: [() => undefined, 'milestones'],
  emoji_events: [() => undefined, 'notes'],
  resource_access_token_events: [accessTokenPayload, 'access tokens'],
  resource_deploy_token_events: [deployTokenPayload, 'deploy tokens'],
};

const projectOf = (world: World, hook: Hook): Project | undefined => {
  const { owner } = hook;
  if (owner.kind === 'project') return world.state.projects.get(String(owner.id));
  if (owner.kind === 'system') return undefined;
  return world.state.projects.all().find(({ namespace }) => namespace.kind === 'group' && namespace.id === owner.id);
};

export const samplePayload = (world: World, hook: Hook, trigger: TestTrigger, user: User): Sample => {
  const [make, what] = MAKERS[trigger];
  const project = projectOf(world, hook);
  const payload = project === undefined ? undefined : make(world, project, user);
  return payload === undefined
    ? { kind: 'missing', problem: `Ensure the project has ${what}.` }
    : { kind: 'payload', payload };
};

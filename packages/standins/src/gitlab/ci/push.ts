/** A push: commits made through the API or by git, announced to the hooks, followed by a pipeline when the project has one. */

import type { FileChange } from '../git/repositories.ts';
import { NO_COMMIT } from '../git/repositories.ts';
import { type PushFacts, pushPayload, systemPushPayload } from '../hooks/payloads/push.ts';
import type { Commit, Project, User } from '../model.ts';
import type { World } from '../world.ts';
import { createPipeline } from './pipelines.ts';

export interface WantedCommit {
  readonly branch: string;
  /** Branch, tag or commit a new branch starts from. */
  readonly startFrom?: string | undefined;
  readonly message: string;
  readonly changes: readonly FileChange[];
  readonly author?: { readonly name: string; readonly email: string } | undefined;
}

const touched = (world: World, project: Project): void => {
  const current = world.state.projects.get(String(project.id)) ?? project;
  world.state.projects.put(String(project.id), { ...current, lastActivityAt: world.time.now() });
};

/** Hooks and pipeline after a branch or tag has moved. */
export const afterPush = (world: World, user: User, project: Project, facts: PushFacts): void => {
  touched(world, project);
  const event = facts.kind === 'branch' ? 'push_events' : 'tag_push_events';
  world.hooks.fire({
    event,
    project,
    payload: pushPayload(world, project, user, facts),
    systemPayload: systemPushPayload(world, project, user, facts),
    branch: facts.name,
  });
  if (facts.after === NO_COMMIT) return;
  createPipeline(world, project, {
    ref: facts.name,
    tag: facts.kind === 'tag',
    sha: facts.after,
    beforeSha: facts.before,
    source: 'push',
    user,
    variables: [],
  });
};

/** Makes the commit and everything that follows from it. */
export const pushCommit = (world: World, user: User, project: Project, wanted: WantedCommit): Commit => {
  const { repositories } = world;
  const before = repositories.ref(project, 'branch', wanted.branch)?.sha;
  const start = wanted.startFrom ?? project.defaultBranch;
  const parent = before ?? repositories.resolve(project, start)?.sha;
  const commit = repositories.commit(project, {
    branch: wanted.branch,
    parent,
    message: wanted.message,
    author: wanted.author ?? { name: user.name, email: user.email },
    changes: wanted.changes,
    at: world.time.now(),
  });
  afterPush(world, user, project, {
    kind: 'branch',
    name: wanted.branch,
    before: before ?? NO_COMMIT,
    after: commit.sha,
    commits: [commit],
  });
  return commit;
};

/** `push` and `tag_push`: a branch or tag was made, moved or deleted. */

import { NO_COMMIT } from '../../git/repositories.ts';
import { entryAt } from '../../git/tree.ts';
import type { Commit, Project, User } from '../../model.ts';
import type { World } from '../../world.ts';
import { commitPart, projectPartLong, repositoryPart } from './common.ts';

export interface PushFacts {
  readonly kind: 'branch' | 'tag';
  readonly name: string;
  readonly before: string;
  /** All zeros: deleted. */
  readonly after: string;
  /** New commits, oldest first. */
  readonly commits: readonly Commit[];
  readonly message?: string;
}

/** A delivery carries the newest twenty; `total_commits_count` is the true number (webhook_events.md). */
const MAX_COMMITS = 20;

const changedPaths = (world: World, project: Project, commit: Commit) => {
  const parent = commit.parents[0];
  const old = (parent === undefined ? undefined : world.repositories.find(project, parent))?.tree ?? {};
  const names = Object.keys(commit.tree);
  return {
    added: names.filter((name) => entryAt(old, name) === undefined),
    modified: names.filter(
      (name) => entryAt(old, name) !== undefined && entryAt(old, name)?.sha !== entryAt(commit.tree, name)?.sha,
    ),
    removed: Object.keys(old).filter((name) => entryAt(commit.tree, name) === undefined),
  };
};

export const pushPayload = (world: World, project: Project, user: User, facts: PushFacts) => {
  const name = facts.kind === 'branch' ? 'push' : 'tag_push';
  return {
    object_kind: name,
    event_name: name,
    before: facts.before,
    after: facts.after,
    ref: `refs/${facts.kind === 'branch' ? 'heads' : 'tags'}/${facts.name}`,
    ref_protected: facts.kind === 'branch' && facts.name === project.defaultBranch,
    checkout_sha: facts.after === NO_COMMIT ? null : facts.after,
    message: facts.message ?? null,
    user_id: user.id,
    user_name: user.name,
    user_username: user.username,
    user_email: null,
    user_avatar: null,
    project_id: project.id,
    project: projectPartLong(world, project),
    commits: facts.commits
      .slice(-MAX_COMMITS)
      .map((commit) => ({ ...commitPart(world, project, commit), ...changedPaths(world, project, commit) })),
    total_commits_count: facts.commits.length,
    push_options: {},
    repository: repositoryPart(world, project),
  };
};

/** System hooks get no `object_kind`, no commit list and no number inside `project` (doc/administration/system_hooks.md). */
export const systemPushPayload = (world: World, project: Project, user: User, facts: PushFacts) => {
  const {
    object_kind: _kind,
    ref_protected: _protected,
    push_options: _options,
    ...rest
  } = pushPayload(world, project, user, facts);
  const { id: _id, ci_config_path: _path, ...named } = rest.project;
  return { ...rest, project: named, commits: [] };
};

/** The parts that payloads share, in their two spellings of time. */
import { commitUrl, httpUrl, namespaceOf, sshUrl, titleOf, webUrl } from '../../entities.ts';
import type { Commit, Project, Runner, User } from '../../model.ts';
import type { World } from '../../world.ts';

const VISIBILITY_LEVEL = { private: 0, internal: 10, public: 20 } as const;

/** `2016-08-12 15:23:28 UTC`, as pipelines and old events write it. */
export const utcTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
export const utcTimeOrNull = (ms: number | null): string | null => (ms === null ? null : utcTime(ms));

/** `2017-06-19T14:39:53+00:00`, as commits write it. */
export const commitTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

export const seconds = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, Math.round(to - from) / 1000);

/** Of a pipeline: whole ones, and nothing where it was none (gl:app/models/ci/pipeline.rb; a column of integers). */
export const wholeSeconds = (from: number | null, to: number | null): number | null => {
  const exact = seconds(from, to);
  return exact === null ? null : Math.floor(exact);
};

/** Of a pipeline that waited. */
export const queuedSeconds = (from: number | null, to: number | null): number | null => wholeSeconds(from, to) || null;

export const userPart = (user: User | undefined) => ({
  id: user?.id ?? null,
  name: user?.name ?? 'Ghost User',
  username: user?.username ?? 'ghost',
  avatar_url: null,
  // Others' addresses are not given away.
  email: '[REDACTED]',
});

export const projectPart = (world: World, project: Project) => ({
  id: project.id,
  name: project.name,
  description: project.description,
  web_url: webUrl(world, project),
  avatar_url: null,
  git_ssh_url: sshUrl(world, project),
  git_http_url: httpUrl(world, project),
  namespace: namespaceOf(world, project).name,
  visibility_level: VISIBILITY_LEVEL[project.visibility],
  path_with_namespace: project.fullPath,
  default_branch: project.defaultBranch,
  ci_config_path: null,
});

/** With the doubled addresses that push, issue and note events still carry. */
export const projectPartLong = (world: World, project: Project) => ({
  ...projectPart(world, project),
  homepage: webUrl(world, project),
  url: sshUrl(world, project),
  ssh_url: sshUrl(world, project),
  http_url: httpUrl(world, project),
});

export const repositoryPart = (world: World, project: Project) => ({
  name: project.name,
  url: sshUrl(world, project),
  description: project.description,
  homepage: webUrl(world, project),
  git_http_url: httpUrl(world, project),
  git_ssh_url: sshUrl(world, project),
  visibility_level: VISIBILITY_LEVEL[project.visibility],
});

export const commitPart = (world: World, project: Project, commit: Commit) => ({
  id: commit.sha,
  message: commit.message,
  title: titleOf(commit.message),
  timestamp: commitTime(commit.createdAt),
  url: commitUrl(world, project, commit.sha),
  author: { name: commit.authorName, email: commit.authorEmail },
});

export const runnerPart = (runner: Runner | undefined) =>
  runner === undefined
    ? null
    : {
        id: runner.id,
        description: runner.description,
        runner_type: runner.type,
        active: !runner.paused,
        is_shared: runner.type === 'instance_type',
        tags: runner.tags,
      };

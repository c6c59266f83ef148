/** How records look in answers (gl:lib/api/entities/). */

import { ROLE } from './access.ts';
import { isActive } from './http/auth.ts';
import type { AccessToken, Commit, Group, Project, User } from './model.ts';
import { SSH_PORT } from './omnibus-config.ts';
import { isoTime, isoTimeOrNull } from './state.ts';
import type { World } from './world.ts';

export const userBasic = (world: World, user: User) => ({
  id: user.id,
  username: user.username,
  public_email: null,
  name: user.name,
  state: user.state,
  locked: false,
  avatar_url: null,
  web_url: `${world.externalUrl}/${user.username}`,
});

/** What a user sees of themself; `is_admin` only on administrators. */
export const userFull = (world: World, user: User) => ({
  ...userBasic(world, user),
  created_at: isoTime(user.createdAt),
  bio: '',
  location: '',
  bot: false,
  last_sign_in_at: null,
  confirmed_at: isoTime(user.createdAt),
  email: user.email,
  commit_email: user.email,
  namespace_id: user.namespaceId,
  two_factor_enabled: false,
  external: false,
  private_profile: false,
  can_create_group: true,
  can_create_project: true,
  projects_limit: 100_000,
  identities: [],
  ...(user.admin ? { is_admin: true } : {}),
});

export const tokenEntity = (world: World, token: AccessToken) => ({
  id: token.id,
  name: token.name,
  revoked: token.revoked,
  created_at: isoTime(token.createdAt),
  description: token.description,
  scopes: token.scopes,
  user_id: token.userId,
  last_used_at: isoTimeOrNull(token.lastUsedAt),
  active: isActive(token, world.time.now()),
  expires_at: token.expiresAt,
});

export const groupEntity = (world: World, group: Group) => ({
  id: group.id,
  web_url: `${world.externalUrl}/groups/${group.fullPath}`,
  name: group.name,
  path: group.path,
  description: group.description,
  visibility: group.visibility,
  share_with_group_lock: false,
  require_two_factor_authentication: false,
  project_creation_level: 'developer',
  subgroup_creation_level: 'maintainer',
  request_access_enabled: true,
  full_name: group.fullPath.split('/').join(' / '),
  full_path: group.fullPath,
  created_at: isoTime(group.createdAt),
  parent_id: group.parentId,
  avatar_url: null,
});

const hostOf = (world: World) => new URL(world.externalUrl).hostname;
/** The short form has no place for a port (gl:lib/gitlab/shell.rb). */
export const sshUrl = (world: World, project: Project) =>
  world.sshPort === SSH_PORT
    ? `git@${hostOf(world)}:${project.fullPath}.git`
    : `ssh://git@${hostOf(world)}:${world.sshPort}/${project.fullPath}.git`;
export const httpUrl = (world: World, project: Project) => `${world.externalUrl}/${project.fullPath}.git`;
export const webUrl = (world: World, project: Project) => `${world.externalUrl}/${project.fullPath}`;

/** The name and path of the namespace a project lies in. */
export const namespaceOf = (world: World, project: Project) => {
  const { kind, id } = project.namespace;
  if (kind === 'group') {
    const group = world.state.groups.get(String(id));
    return { id, name: group?.name ?? '', path: group?.path ?? '', fullPath: group?.fullPath ?? '', kind };
  }
  const user = world.state.users.all().find(({ namespaceId }) => namespaceId === id);
  return { id, name: user?.name ?? '', path: user?.username ?? '', fullPath: user?.username ?? '', kind };
};

/** The short form of `simple=true`. */
export const projectSimple = (world: World, project: Project) => {
  const namespace = namespaceOf(world, project);
  const isEmpty = world.repositories.ref(project, 'branch', project.defaultBranch) === undefined;
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${namespace.fullPath.split('/').join(' / ')} / ${project.name}`,
    path: project.path,
    path_with_namespace: project.fullPath,
    created_at: isoTime(project.createdAt),
    default_branch: isEmpty ? null : project.defaultBranch,
    tag_list: [],
    topics: [],
    ssh_url_to_repo: sshUrl(world, project),
    http_url_to_repo: httpUrl(world, project),
    web_url: webUrl(world, project),
    readme_url: null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: isoTime(project.lastActivityAt),
    visibility: project.visibility,
    namespace: {
      id: namespace.id,
      name: namespace.name,
      path: namespace.path,
      kind: namespace.kind,
      full_path: namespace.fullPath,
      parent_id: null,
      avatar_url: null,
      web_url: `${world.externalUrl}/${namespace.kind === 'group' ? 'groups/' : ''}${namespace.fullPath}`,
    },
  };
};

export const projectEntity = (world: World, project: Project, level: number) => ({
  ...projectSimple(world, project),
  empty_repo: world.repositories.refs(project, 'branch').length === 0,
  archived: project.archived,
  owner:
    project.namespace.kind === 'user'
      ? { id: project.creatorId, name: namespaceOf(world, project).name, username: namespaceOf(world, project).path }
      : undefined,
  creator_id: project.creatorId,
  issues_enabled: true,
  merge_requests_enabled: true,
  wiki_enabled: true,
  jobs_enabled: true,
  snippets_enabled: true,
  shared_runners_enabled: true,
  group_runners_enabled: true,
  public_jobs: true,
  ci_config_path: null,
  open_issues_count: 0,
  permissions: {
    project_access:
      level > ROLE.none && project.namespace.kind === 'user' ? { access_level: level, notification_level: 3 } : null,
    group_access:
      level > ROLE.none && project.namespace.kind === 'group' ? { access_level: level, notification_level: 3 } : null,
  },
});

export const titleOf = (message: string): string => message.split('\n')[0] ?? '';

export const commitUrl = (world: World, project: Project, sha: string) => `${webUrl(world, project)}/-/commit/${sha}`;

export const commitEntity = (world: World, project: Project, commit: Commit) => ({
  id: commit.sha,
  short_id: commit.sha.slice(0, 8),
  created_at: isoTime(commit.createdAt),
  parent_ids: commit.parents,
  title: titleOf(commit.message),
  message: commit.message,
  author_name: commit.authorName,
  author_email: commit.authorEmail,
  authored_date: isoTime(commit.createdAt),
  committer_name: commit.authorName,
  committer_email: commit.authorEmail,
  committed_date: isoTime(commit.createdAt),
  trailers: {},
  extended_trailers: {},
  web_url: commitUrl(world, project, commit.sha),
});

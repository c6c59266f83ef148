/** Makes users, tokens, groups, projects and memberships: what the API, the first boot and tests' helpers share. */
import type { AccessToken, Group, Project, User, Visibility } from './model.ts';
import { sealPassword } from './passwords.ts';
import { digestOf, randomText } from './state.ts';
import type { World } from './world.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface NewUser {
  readonly username: string;
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
  readonly admin?: boolean;
}

export const createUser = (world: World, wanted: NewUser): User => {
  const id = world.state.nextId('users');
  const user: User = {
    id,
    username: wanted.username,
    name: wanted.name ?? wanted.username,
    email: wanted.email ?? `${wanted.username}@example.com`,
    state: 'active',
    admin: wanted.admin ?? false,
    namespaceId: world.state.nextId('namespaces'),
    password: sealPassword(wanted.password ?? randomText(32)),
    createdAt: world.time.now(),
  };
  world.state.users.put(String(id), user);
  return user;
};

/** The date `days` from now, `2026-12-31`. */
export const dateInDays = (world: World, days: number): string =>
  new Date(world.time.now() + days * DAY_MS).toISOString().slice(0, 10);

export interface NewToken {
  readonly name?: string;
  readonly description?: string | null;
  readonly scopes: readonly string[];
  /** A date; default in 30 days. */
  readonly expiresAt?: string | null;
  readonly revoked?: boolean;
  readonly kind?: AccessToken['kind'];
  /** Default: a new `glpat-` one. */
  readonly value?: string;
}

export const newTokenValue = (): string => `glpat-${randomText(20)}`;

export const createToken = (
  world: World,
  user: User,
  wanted: NewToken,
): { readonly token: AccessToken; readonly value: string } => {
  const id = world.state.nextId('tokens');
  const value = wanted.value ?? newTokenValue();
  const token: AccessToken = {
    id,
    name: wanted.name ?? `token ${id}`,
    description: wanted.description ?? null,
    userId: user.id,
    digest: digestOf(value),
    scopes: wanted.scopes,
    expiresAt: wanted.expiresAt === undefined ? dateInDays(world, 30) : wanted.expiresAt,
    revoked: wanted.revoked ?? false,
    createdAt: world.time.now(),
    lastUsedAt: null,
    kind: wanted.kind ?? 'personal',
  };
  world.state.tokens.put(String(id), token);
  return { token, value };
};

export const addMember = (
  world: World,
  source: 'project' | 'group',
  sourceId: number,
  userId: number,
  accessLevel: number,
): void =>
  world.state.members.put(`${source}:${sourceId}:${userId}`, {
    source,
    sourceId,
    userId,
    accessLevel,
    createdAt: world.time.now(),
  });

export interface NewGroup {
  readonly name: string;
  readonly path: string;
  readonly parent?: Group | undefined;
  readonly visibility?: Visibility;
  readonly description?: string;
}

/** The maker becomes Owner. */
export const createGroup = (world: World, owner: User, wanted: NewGroup): Group => {
  const id = world.state.nextId('namespaces');
  const group: Group = {
    id,
    name: wanted.name,
    path: wanted.path,
    fullPath: wanted.parent === undefined ? wanted.path : `${wanted.parent.fullPath}/${wanted.path}`,
    parentId: wanted.parent?.id ?? null,
    visibility: wanted.visibility ?? 'private',
    description: wanted.description ?? '',
    createdAt: world.time.now(),
  };
  world.state.groups.put(String(id), group);
  if (wanted.parent === undefined) addMember(world, 'group', id, owner.id, 50);
  world.hooks.system({
    event_name: 'group_create',
    created_at: new Date(group.createdAt).toISOString(),
    updated_at: new Date(group.createdAt).toISOString(),
    name: group.name,
    path: group.path,
    full_path: group.fullPath,
    group_id: group.id,
  });
  return group;
};

export interface NewProject {
  readonly name: string;
  readonly path: string;
  readonly namespace: Project['namespace'] & { readonly fullPath: string };
  readonly visibility?: Visibility;
  readonly description?: string | null;
  readonly defaultBranch?: string;
}

export const createProject = (world: World, creator: User, wanted: NewProject): Project => {
  const id = world.state.nextId('projects');
  const now = world.time.now();
  const project: Project = {
    id,
    name: wanted.name,
    path: wanted.path,
    fullPath: `${wanted.namespace.fullPath}/${wanted.path}`,
    namespace: { kind: wanted.namespace.kind, id: wanted.namespace.id },
    visibility: wanted.visibility ?? 'private',
    description: wanted.description ?? null,
    defaultBranch: wanted.defaultBranch ?? 'main',
    creatorId: creator.id,
    archived: false,
    createdAt: now,
    lastActivityAt: now,
  };
  world.state.projects.put(String(id), project);
  world.hooks.system({
    event_name: 'project_create',
    created_at: new Date(now).toISOString(),
    updated_at: new Date(now).toISOString(),
    name: project.name,
    path: project.path,
    path_with_namespace: project.fullPath,
    project_id: project.id,
    project_namespace_id: project.namespace.id,
    owner_name: creator.name,
    owner_email: creator.email,
    owners: [{ name: creator.name, email: creator.email }],
    project_visibility: project.visibility,
  });
  return project;
};

/** What tests turn: health switches and helpers that put records in place without a call. */

import { groupByIdOrPath, projectByIdOrPath } from './access.ts';
import {
  addMember,
  createGroup,
  createProject,
  createToken,
  createUser,
  type NewToken,
  type NewUser,
} from './accounts.ts';
import { NEW_RUNNER, type RunnerFields } from './api/runner-params.ts';
import { createRunner } from './api/user-runners.ts';
import type { DeliveryRecord } from './hooks/records.ts';
import type { Group, Project, Runner, User } from './model.ts';
import type { Settings } from './settings.ts';
import { digestOf } from './state.ts';
import type { World } from './world.ts';

export interface HealthSwitches {
  /** Addresses that may ask `/-/…`; others get 404. Default: loopback. */
  clientAllowList: readonly string[];
  /** Readiness answers 503 with this message while set. */
  readinessFailure: string | undefined;
  /** Liveness answers 503 while set. Default false. */
  stuck: boolean;
  /** Checks that fail when readiness is asked with `all=1`: `db_check`. Default: none. */
  failingChecks: readonly string[];
}

export const ROLES = { guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;
export type RoleName = keyof typeof ROLES;

export interface GitLabControls {
  readonly health: HealthSwitches;
  readonly externalUrl: string;
  addUser(user: NewUser): User;
  /** The token's value. Default: a valid one of scope `api`. */
  addToken(username: string, token?: Partial<NewToken>): string;
  /** Groups above are made too. */
  addGroup(fullPath: string, visibility?: Group['visibility']): Group;
  /** Groups above are made too; a first segment that is a user's name is that user's namespace. */
  addProject(fullPath: string, options?: { readonly visibility?: Project['visibility'] }): Project;
  /** @param path of a project or group */
  giveRole(username: string, path: string, role: RoleName): void;
  addRunner(runner?: Partial<RunnerFields> & { readonly token?: string }): Runner;
  changeSettings(changes: Readonly<Record<string, unknown>>): void;
  /** Resolves when every hook delivery that is under way has come to its end. */
  deliveriesDone(): Promise<void>;
  deliveries(hookId: number): readonly DeliveryRecord[];
}

const userNamed = (world: World, username: string): User => {
  const user = world.state.users.all().find((one) => one.username === username);
  if (user === undefined) throw new Error(`no user ${username} in this GitLab`);
  return user;
};

const ensureGroup = (world: World, fullPath: string, visibility: Group['visibility']): Group => {
  const found = groupByIdOrPath(world, fullPath);
  if (found !== undefined) return found;
  const above = fullPath.split('/').slice(0, -1).join('/');
  const path = fullPath.split('/').at(-1) ?? fullPath;
  const parent = above === '' ? undefined : ensureGroup(world, above, visibility);
  return createGroup(world, userNamed(world, 'root'), { name: path, path, parent, visibility });
};

const ensureNamespace = (world: World, fullPath: string) => {
  const user = world.state.users.all().find(({ username }) => username === fullPath);
  if (user !== undefined) return { kind: 'user' as const, id: user.namespaceId, fullPath };
  return { kind: 'group' as const, id: ensureGroup(world, fullPath, 'private').id, fullPath };
};

export const createControls = (world: World, health: HealthSwitches): GitLabControls => ({
  health,
  externalUrl: world.externalUrl,
  addUser: (user) => createUser(world, user),
  addToken: (username, token = {}) =>
    createToken(world, userNamed(world, username), { scopes: ['api'], ...token }).value,
  addGroup: (fullPath, visibility = 'private') => ensureGroup(world, fullPath, visibility),
  addProject: (fullPath, options = {}) => {
    const above = fullPath.split('/').slice(0, -1).join('/');
    const path = fullPath.split('/').at(-1) ?? fullPath;
    const namespace = ensureNamespace(world, above);
    const creator = world.state.users
      .all()
      .find(({ namespaceId }) => namespace.kind === 'user' && namespaceId === namespace.id);
    return createProject(world, creator ?? userNamed(world, 'root'), { name: path, path, namespace, ...options });
  },
  giveRole: (username, path, role) => {
    const user = userNamed(world, username);
    const project = projectByIdOrPath(world, path);
    const group = project === undefined ? groupByIdOrPath(world, path) : undefined;
    if (project !== undefined) addMember(world, 'project', project.id, user.id, ROLES[role]);
    else if (group !== undefined) addMember(world, 'group', group.id, user.id, ROLES[role]);
    else throw new Error(`neither project nor group ${path} in this GitLab`);
  },
  addRunner: ({ token = `glrt-${digestOf(String(world.state.runners.size)).slice(0, 20)}`, ...fields } = {}) =>
    createRunner(
      world,
      { type: 'instance_type', groupId: null, projectIds: [] },
      { ...NEW_RUNNER, ...fields },
      null,
      token,
    ),
  changeSettings: (changes) => world.saveSettings({ ...world.settings(), ...changes } as Settings),
  deliveriesDone: () => world.hooks.idle(),
  deliveries: (hookId) => world.hooks.records(hookId),
});

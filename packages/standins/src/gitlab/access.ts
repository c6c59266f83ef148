/** Who may see and do what: roles come from the project, its groups above, or ownership; an admin may all. */
import type { RawParams } from './http/params.ts';
import { forbidden, notFound } from './http/reply.ts';
import type { Call, Caller } from './http/route.ts';
import type { Group, Project, User } from './model.ts';
import type { World } from './world.ts';

export const ROLE = { none: 0, guest: 10, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

/** The group and all above it, nearest first. */
export const groupChain = (world: World, groupId: number | null): readonly Group[] => {
  const group = groupId === null ? undefined : world.state.groups.get(String(groupId));
  return group === undefined ? [] : [group, ...groupChain(world, group.parentId)];
};

const memberLevel = (world: World, source: 'project' | 'group', sourceId: number, userId: number): number =>
  world.state.members.get(`${source}:${sourceId}:${userId}`)?.accessLevel ?? ROLE.none;

export const groupLevel = (world: World, user: User, groupId: number): number =>
  Math.max(ROLE.none, ...groupChain(world, groupId).map(({ id }) => memberLevel(world, 'group', id, user.id)));

export const projectLevel = (world: World, user: User, project: Project): number => {
  const { namespace } = project;
  const inherited =
    namespace.kind === 'group'
      ? groupLevel(world, user, namespace.id)
      : namespace.id === user.namespaceId
        ? ROLE.owner
        : ROLE.none;
  return Math.max(inherited, memberLevel(world, 'project', project.id, user.id));
};

export const maySeeProject = (world: World, caller: Caller, project: Project): boolean =>
  caller.isAdmin || project.visibility !== 'private' || projectLevel(world, caller.user, project) > ROLE.none;

export const maySeeGroup = (world: World, caller: Caller, group: Group): boolean =>
  caller.isAdmin ||
  group.visibility !== 'private' ||
  groupLevel(world, caller.user, group.id) > ROLE.none ||
  projectsOf(world, group.id, true).some((project) => projectLevel(world, caller.user, project) > ROLE.none);

export const projectsOf = (world: World, groupId: number, includeSubgroups: boolean): readonly Project[] =>
  world.state.projects.all().filter(({ namespace }) => {
    if (namespace.kind !== 'group') return false;
    if (namespace.id === groupId) return true;
    return includeSubgroups && groupChain(world, namespace.id).some(({ id }) => id === groupId);
  });

/** By number or by full path, which GitLab compares without case. */
export const projectByIdOrPath = (world: World, idOrPath: string): Project | undefined => {
  if (/^\d+$/.test(idOrPath)) return world.state.projects.get(String(Number(idOrPath)));
  const wanted = idOrPath.toLowerCase();
  return world.state.projects.all().find(({ fullPath }) => fullPath.toLowerCase() === wanted);
};

export const groupByIdOrPath = (world: World, idOrPath: string): Group | undefined => {
  if (/^\d+$/.test(idOrPath)) return world.state.groups.get(String(Number(idOrPath)));
  const wanted = idOrPath.toLowerCase();
  return world.state.groups.all().find(({ fullPath }) => fullPath.toLowerCase() === wanted);
};

/** The project of the path's `:id`. @throws Refusal 404 also when it is only invisible, 403 when the role is too low */
export const wantedProject = (call: Call, role: number = ROLE.none, reason?: string): Project => {
  const project = projectByIdOrPath(call.world, String(call.params.id));
  if (project === undefined || !maySeeProject(call.world, call.caller, project)) throw notFound('Project');
  if (!call.caller.isAdmin && projectLevel(call.world, call.caller.user, project) < role) throw forbidden(reason);
  return project;
};

/** @throws Refusal 404, 403 */
export const wantedGroup = (call: Call, role: number = ROLE.none): Group => {
  const group = groupByIdOrPath(call.world, String(call.params.id));
  if (group === undefined || !maySeeGroup(call.world, call.caller, group)) throw notFound('Group');
  if (!call.caller.isAdmin && groupLevel(call.world, call.caller.user, group.id) < role) throw forbidden();
  return group;
};

/** `false` unless the parameter says yes, in any spelling a query may have. */
export const isSet = (params: RawParams, name: string): boolean =>
  ['true', '1'].includes(String(params[name] ?? '').toLowerCase());

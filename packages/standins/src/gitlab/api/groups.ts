/** Groups and their projects (gl:lib/api/groups.rb). */
import {
  groupByIdOrPath,
  groupChain,
  groupLevel,
  isSet,
  maySeeGroup,
  maySeeProject,
  projectLevel,
  projectsOf,
  ROLE,
  wantedGroup,
} from '../access.ts';
import { createGroup } from '../accounts.ts';
import { groupEntity, projectEntity, projectSimple } from '../entities.ts';
import { keysetOrPaged, paged } from '../http/paging.ts';
import { checkParams } from '../http/params.ts';
import { created, forbidden, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Group, Visibility } from '../model.ts';
import { isNamespacePath } from './paths.ts';
import { removeProject } from './project-removal.ts';

const VISIBILITIES = ['private', 'internal', 'public'] as const;

const failedToSave = (problem: string) => new Refusal(400, { message: `Failed to save group {:path=>["${problem}"]}` });

const parentOf = (call: Call, parentId: number | undefined): Group | undefined => {
  if (parentId === undefined) return undefined;
  const parent = groupByIdOrPath(call.world, String(parentId));
  if (parent === undefined || !maySeeGroup(call.world, call.caller, parent)) throw notFound('Group');
  if (!call.caller.isAdmin && groupLevel(call.world, call.caller.user, parent.id) < ROLE.maintainer) throw forbidden();
  return parent;
};

const add = (call: Call) => {
  const given = checkParams(call.params, {
    name: { type: 'string', required: true },
    path: { type: 'string', required: true },
    parent_id: { type: 'integer' },
    visibility: { type: 'string', values: VISIBILITIES },
    description: { type: 'string' },
  });
  const parent = parentOf(call, given.parent_id);
  if (!isNamespacePath(given.path)) throw failedToSave('can contain only letters, digits, _, - and .');
  const fullPath = parent === undefined ? given.path : `${parent.fullPath}/${given.path}`;
  const taken = call.world.state.users.all().some(({ username }) => username.toLowerCase() === fullPath.toLowerCase());
  if (taken || groupByIdOrPath(call.world, fullPath) !== undefined) throw failedToSave('has already been taken');
  const group = createGroup(call.world, call.caller.user, {
    name: given.name,
    path: given.path,
    parent,
    ...(given.visibility === undefined ? {} : { visibility: given.visibility as Visibility }),
    ...(given.description === undefined ? {} : { description: given.description }),
  });
  return created(groupEntity(call.world, group));
};

const listed = (call: Call, groups: readonly Group[]) => {
  const { search, owned, top_level_only: top } = call.params;
  const fits = (group: Group) =>
    maySeeGroup(call.world, call.caller, group) &&
    (search === undefined || `${group.name} ${group.path}`.toLowerCase().includes(String(search).toLowerCase())) &&
    (owned === undefined ||
      !isSet(call.params, 'owned') ||
      groupLevel(call.world, call.caller.user, group.id) >= ROLE.owner) &&
    (top === undefined || !isSet(call.params, 'top_level_only') || group.parentId === null);
  const shown = groups.filter(fits).sort((left, right) => left.name.localeCompare(right.name));
  return keysetOrPaged(call, shown, (group) => groupEntity(call.world, group));
};

const projectsOfGroup = (call: Call) => {
  const group = wantedGroup(call);
  const projects = projectsOf(call.world, group.id, isSet(call.params, 'include_subgroups'))
    .filter((project) => maySeeProject(call.world, call.caller, project))
    .reverse();
  const show = isSet(call.params, 'simple')
    ? (project: (typeof projects)[number]) => projectSimple(call.world, project)
    : (project: (typeof projects)[number]) =>
        projectEntity(call.world, project, projectLevel(call.world, call.caller.user, project));
  return paged(call, projects, show);
};

const isBelow = (call: Call, group: Group, above: Group) =>
  group.id !== above.id && groupChain(call.world, group.parentId).some(({ id }) => id === above.id);

const remove = (call: Call) => {
  const group = wantedGroup(call, ROLE.owner);
  for (const project of projectsOf(call.world, group.id, true)) removeProject(call.world, project);
  for (const inner of call.world.state.groups.all().filter((one) => isBelow(call, one, group)))
    call.world.state.groups.delete(String(inner.id));
  call.world.state.groups.delete(String(group.id));
  return { status: 202, body: { message: '202 Accepted' } };
};

const edit = (call: Call) => {
  const group = wantedGroup(call, ROLE.owner);
  const given = checkParams(call.params, {
    name: { type: 'string' },
    description: { type: 'string' },
    visibility: { type: 'string', values: VISIBILITIES },
  });
  const next: Group = {
    ...group,
    name: given.name ?? group.name,
    description: given.description ?? group.description,
    visibility: (given.visibility as Visibility | undefined) ?? group.visibility,
  };
  call.world.state.groups.put(String(group.id), next);
  return ok(groupEntity(call.world, next));
};

export const groupRoutes: readonly Route[] = [
  read('/groups', (call) => listed(call, call.world.state.groups.all())),
  write('POST', '/groups', add),
  read('/groups/:id', (call) => ok(groupEntity(call.world, wantedGroup(call)))),
  write('PUT', '/groups/:id', edit),
  write('DELETE', '/groups/:id', remove),
  read('/groups/:id/projects', projectsOfGroup),
  read('/groups/:id/subgroups', (call) => {
    const parent = wantedGroup(call);
    return listed(
      call,
      call.world.state.groups.all().filter(({ parentId }) => parentId === parent.id),
    );
  }),
  read('/groups/:id/descendant_groups', (call) => {
    const above = wantedGroup(call);
    return listed(
      call,
      call.world.state.groups.all().filter((group) => isBelow(call, group, above)),
    );
  }),
];

/** Projects (gl:lib/api/projects.rb). */
import {
  groupByIdOrPath,
  groupLevel,
  isSet,
  maySeeGroup,
  maySeeProject,
  projectByIdOrPath,
  projectLevel,
  ROLE,
  wantedProject,
} from '../access.ts';
import { createProject, type NewProject } from '../accounts.ts';
import { pushCommit } from '../ci/push.ts';
import { projectEntity, projectSimple } from '../entities.ts';
import { keysetOrPaged } from '../http/paging.ts';
import { checkParams } from '../http/params.ts';
import { badParameter, badRecord, created, forbidden, notFound, ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Project, Visibility } from '../model.ts';
import { isNamespacePath, pathOfName } from './paths.ts';
import { removeProject } from './project-removal.ts';

const VISIBILITIES = ['private', 'internal', 'public'] as const;
const TAKEN = 'has already been taken';

const level = (call: Call, project: Project) =>
  call.caller.isAdmin ? ROLE.owner : projectLevel(call.world, call.caller.user, project);
const show = (call: Call, project: Project) => projectEntity(call.world, project, level(call, project));

const namespaceFor = (call: Call, id: number | undefined): NewProject['namespace'] => {
  const { user } = call.caller;
  if (id === undefined || id === user.namespaceId)
    return { kind: 'user', id: user.namespaceId, fullPath: user.username };
  const group = groupByIdOrPath(call.world, String(id));
  if (group === undefined || !maySeeGroup(call.world, call.caller, group)) throw notFound('Namespace');
  if (!call.caller.isAdmin && groupLevel(call.world, user, group.id) < ROLE.developer) throw forbidden();
  return { kind: 'group', id: group.id, fullPath: group.fullPath };
};

const RULES = {
  name: { type: 'string' },
  path: { type: 'string' },
  namespace_id: { type: 'integer' },
  visibility: { type: 'string', values: VISIBILITIES },
  description: { type: 'string' },
  default_branch: { type: 'string' },
  initialize_with_readme: { type: 'boolean' },
} as const;

const readme = (call: Call, project: Project): void =>
  pushCommit(call.world, call.caller.user, project, {
    branch: project.defaultBranch,
    message: 'Initial commit',
    changes: [{ path: 'README.md', content: Buffer.from(`# ${project.name}\n`) }],
  }) && undefined;

const add = (call: Call) => {
  const given = checkParams(call.params, RULES);
  if (given.name === undefined && given.path === undefined)
    throw badParameter('name, path are missing, at least one parameter must be provided');
  const path = given.path ?? pathOfName(given.name ?? '');
  const namespace = namespaceFor(call, given.namespace_id);
  if (!isNamespacePath(path)) throw badRecord({ path: ['can contain only letters, digits, _, - and .'] });
  if (projectByIdOrPath(call.world, `${namespace.fullPath}/${path}`) !== undefined)
    throw badRecord({ 'project_namespace.name': [TAKEN], name: [TAKEN], path: [TAKEN] });
  const project = createProject(call.world, call.caller.user, {
    name: given.name ?? path,
    path,
    namespace,
    description: given.description ?? null,
    ...(given.visibility === undefined ? {} : { visibility: given.visibility as Visibility }),
    ...(given.default_branch === undefined ? {} : { defaultBranch: given.default_branch }),
  });
  if (given.initialize_with_readme === true) readme(call, project);
  return created(show(call, call.world.state.projects.get(String(project.id)) ?? project));
};

const wantedFlags = (call: Call, project: Project): boolean => {
  const { params, world, caller } = call;
  const role = projectLevel(world, caller.user, project);
  if (isSet(params, 'membership') && role === ROLE.none) return false;
  if (isSet(params, 'owned') && role < ROLE.owner) return false;
  if (params.min_access_level !== undefined && role < Number(params.min_access_level)) return false;
  if (params.archived !== undefined && isSet(params, 'archived') !== project.archived) return false;
  if (params.visibility !== undefined && params.visibility !== project.visibility) return false;
  const { search } = params;
  return (
    search === undefined || `${project.fullPath} ${project.name}`.toLowerCase().includes(String(search).toLowerCase())
  );
};

const list = (call: Call) => {
  const ascending = call.params.sort === 'asc';
  const projects = call.world.state.projects
    .all()
    .filter((project) => maySeeProject(call.world, call.caller, project) && wantedFlags(call, project))
    .sort((left, right) => (ascending ? left.id - right.id : right.id - left.id));
  const simple = isSet(call.params, 'simple');
  return keysetOrPaged(call, projects, (project) =>
    simple ? projectSimple(call.world, project) : show(call, project),
  );
};

const edit = (call: Call) => {
  const project = wantedProject(call, ROLE.maintainer);
  const given = checkParams(call.params, RULES);
  const next: Project = {
    ...project,
    name: given.name ?? project.name,
    description: given.description ?? project.description,
    visibility: (given.visibility as Visibility | undefined) ?? project.visibility,
    defaultBranch: given.default_branch ?? project.defaultBranch,
  };
  call.world.state.projects.put(String(project.id), next);
  return ok(show(call, next));
};

/** Nothing here was ever imported (gl:lib/api/entities/project_import_status.rb). */
const importEntity = (call: Call, project: Project) => ({
  ...projectSimple(call.world, project),
  ...{ import_status: 'none', import_type: null, import_error: null, correlation_id: null },
  ...{ failed_relations: [], stats: null },
});

export const projectRoutes: readonly Route[] = [
  read('/projects', list),
  write('POST', '/projects', add),
  read('/projects/:id', (call) => ok(show(call, wantedProject(call)))),
  read('/projects/:id/import', (call) => ok(importEntity(call, wantedProject(call)))),
  write('PUT', '/projects/:id', edit),
  write('DELETE', '/projects/:id', (call) => {
    removeProject(call.world, wantedProject(call, ROLE.owner));
    return { status: 202, body: { message: '202 Accepted' } };
  }),
];

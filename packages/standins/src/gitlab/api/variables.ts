/** CI variables of a project, for Maintainers (gl:lib/api/ci/variables.rb); jobs get them. */
import { ROLE, wantedProject } from '../access.ts';
import { paged } from '../http/paging.ts';
import { checkParams } from '../http/params.ts';
import { badRecord, created, noContent, notFound, ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { CiVariable, Project } from '../model.ts';

const KEY = /^[A-Za-z0-9_]{1,255}$/;
/** What a runner can mask: one line of eight and more characters (doc/ci/variables, "Mask a CI/CD variable"). */
const MASKABLE = /^[^\s]{8,}$/;

const keyOf = (project: Project, key: string): string => `${project.id}:${key}`;

const entity = (variable: CiVariable) => ({
  variable_type: variable.type,
  key: variable.key,
  value: variable.value,
  hidden: false,
  protected: variable.isProtected,
  masked: variable.isMasked,
  raw: variable.isRaw,
  environment_scope: '*',
  description: variable.description,
});

const found = (call: Call, project: Project): CiVariable => {
  const variable = call.world.state.variables.get(keyOf(project, String(call.params.key ?? '')));
  if (variable === undefined) throw notFound('Variable');
  return variable;
};

const RULES = {
  value: { type: 'string' },
  protected: { type: 'boolean' },
  masked: { type: 'boolean' },
  raw: { type: 'boolean' },
  variable_type: { type: 'string', values: ['env_var', 'file'] },
  description: { type: 'string' },
} as const;

const changed = (call: Call, before: CiVariable): CiVariable => {
  const given = checkParams(call.params, RULES);
  const after: CiVariable = {
    ...before,
    value: given.value ?? before.value,
    isProtected: given.protected ?? before.isProtected,
    isMasked: given.masked ?? before.isMasked,
    isRaw: given.raw ?? before.isRaw,
    type: (given.variable_type as CiVariable['type'] | undefined) ?? before.type,
    description: given.description ?? before.description,
  };
  if (after.isMasked && !MASKABLE.test(after.value)) throw badRecord({ value: ['is invalid'] });
  return after;
};

const put = (call: Call, project: Project, variable: CiVariable): CiVariable => {
  call.world.state.variables.put(keyOf(project, variable.key), variable);
  return variable;
};

const add = (call: Call) => {
  const project = wantedProject(call, ROLE.maintainer);
  const { key } = checkParams(call.params, {
    key: { type: 'string', required: true },
    value: { type: 'string', required: true },
  });
  if (!KEY.test(key)) throw badRecord({ key: ["can contain only letters, digits and '_'."] });
  if (call.world.state.variables.get(keyOf(project, key)) !== undefined)
    throw badRecord({ key: [`(${key}) has already been taken`] });
  const fresh: CiVariable = {
    ...{ projectId: project.id, key, value: '', type: 'env_var', description: null },
    ...{ isProtected: false, isMasked: false, isRaw: false },
  };
  return created(entity(put(call, project, changed(call, fresh))));
};

const onOne =
  (handle: (call: Call, project: Project, variable: CiVariable) => ReturnType<typeof ok>) => (call: Call) => {
    const project = wantedProject(call, ROLE.maintainer);
    return handle(call, project, found(call, project));
  };

export const variableRoutes: readonly Route[] = [
  read('/projects/:id/variables', (call) => {
    const project = wantedProject(call, ROLE.maintainer);
    const own = call.world.state.variables.all().filter(({ projectId }) => projectId === project.id);
    return paged(call, own, entity);
  }),
  write('POST', '/projects/:id/variables', add),
  read(
    '/projects/:id/variables/:key',
    onOne((_, __, variable) => ok(entity(variable))),
  ),
  write(
    'PUT',
    '/projects/:id/variables/:key',
    onOne((call, project, variable) => ok(entity(put(call, project, changed(call, variable))))),
  ),
  write(
    'DELETE',
    '/projects/:id/variables/:key',
    onOne((call, project, { key }) => {
      call.world.state.variables.delete(keyOf(project, key));
      return noContent();
    }),
  ),
];

/** Runners as people and tools see them: lists, one, edit, delete, reset (gl19:lib/api/ci/runners.rb). */
import { groupLevel, projectLevel, ROLE, wantedGroup, wantedProject } from '../access.ts';
import { managersOf, removeRunner, renewToken, runnerStatus, servesProject } from '../ci/runner-records.ts';
import { requireAdmin } from '../http/auth.ts';
import { paged } from '../http/paging.ts';
import { atLeastOneOf, checkParams, recordId } from '../http/params.ts';
import { badParameter, created, forbidden, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Runner } from '../model.ts';
import { managerEntity, runnerDetails, runnerListed } from './runner-entity.ts';
import { RUNNER_RULES, runnerFields } from './runner-params.ts';
import { refuseBadRunner } from './user-runners.ts';

const TYPES = ['instance_type', 'group_type', 'project_type'];
const STATUSES = ['active', 'paused', 'online', 'offline', 'never_contacted', 'stale'];
const MANAGE = ['manage_runner'];

/** Admins may touch all, Owners those of their groups, Maintainers those of their projects. */
const mayManage = (call: Call, runner: Runner): boolean => {
  const { world, caller } = call;
  if (caller.isAdmin) return true;
  if (runner.groupId !== null) return groupLevel(world, caller.user, runner.groupId) >= ROLE.owner;
  return runner.projectIds
    .flatMap((id) => world.state.projects.get(String(id)) ?? [])
    .some((project) => projectLevel(world, caller.user, project) >= ROLE.maintainer);
};

const hasStatus = (call: Call, runner: Runner, status: string): boolean => {
  if (status === 'active') return !runner.paused;
  if (status === 'paused') return runner.paused;
  return runnerStatus(call.world, runner) === status;
};

const list = (call: Call, runners: readonly Runner[]) => {
  const given = checkParams(call.params, {
    type: { type: 'string', values: TYPES },
    status: { type: 'string', values: STATUSES },
    scope: { type: 'string' },
    paused: { type: 'boolean' },
    tag_list: { type: 'list' },
    version_prefix: { type: 'string' },
  });
  if (given.scope !== undefined && !['specific', 'shared', ...TYPES, ...STATUSES].includes(given.scope))
    throw new Refusal(400, { message: 'Scope contains invalid value' });
  const fits = (runner: Runner) =>
    (given.type === undefined || runner.type === given.type) &&
    (given.status === undefined || hasStatus(call, runner, given.status)) &&
    (given.paused === undefined || runner.paused === given.paused) &&
    (given.tag_list === undefined || given.tag_list.every((tag) => runner.tags.includes(tag))) &&
    (given.version_prefix === undefined ||
      managersOf(call.world, runner).some(({ version }) => version?.startsWith(given.version_prefix ?? '') === true));
  return paged(call, runners.filter(fits).reverse(), (runner) => runnerListed(call.world, runner));
};

/** @throws Refusal 404, 403 */
const runnerOfCall = (call: Call, reason = 'No access granted'): Runner => {
  const runner = call.world.state.runners.get(recordId(call.params, 'id'));
  if (runner === undefined) throw notFound();
  if (!mayManage(call, runner)) throw forbidden(reason === '' ? undefined : reason);
  return runner;
};

const edit = (call: Call) => {
  const names = Object.keys(RUNNER_RULES);
  atLeastOneOf(call.params, [
    'description',
    'active',
    'paused',
    'tag_list',
    'run_untagged',
    'locked',
    'access_level',
    'maximum_timeout',
    'maintenance_note',
  ]);
  if (call.params.active !== undefined && call.params.paused !== undefined)
    throw badParameter('active, paused are mutually exclusive');
  checkParams(
    call.params,
    Object.fromEntries(names.map((name) => [name, RUNNER_RULES[name as keyof typeof RUNNER_RULES]])),
  );
  const runner = runnerOfCall(call);
  const fields = runnerFields(call.params, runner);
  refuseBadRunner(fields);
  const next: Runner = { ...runner, ...fields };
  call.world.state.runners.put(String(runner.id), next);
  return ok(runnerDetails(call.world, next));
};

const resetToken = (call: Call) => {
  // The one endpoint of a runner whose refusal gives no reason.
  const runner = runnerOfCall(call, '');
  return created(renewToken(call.world, runner));
};

const enableForProject = (call: Call) => {
  const project = wantedProject(call, ROLE.maintainer);
  const runner = call.world.state.runners.get(recordId(call.params, 'runner_id'));
  if (runner === undefined) throw notFound();
  if (runner.type !== 'project_type' || runner.locked) throw forbidden('Runner is locked');
  if (!mayManage(call, runner)) throw forbidden('No access granted');
  const next: Runner = { ...runner, projectIds: [...new Set([...runner.projectIds, project.id])] };
  call.world.state.runners.put(String(runner.id), next);
  return created(runnerListed(call.world, next));
};

export const runnerRoutes: readonly Route[] = [
  read('/runners', (call) =>
    list(
      call,
      call.world.state.runners
        .all()
        .filter(
          (runner) =>
            runner.type !== 'instance_type' &&
            mayManage({ ...call, caller: { ...call.caller, isAdmin: false } }, runner),
        ),
    ),
  ),
  read('/runners/all', (call) => {
    requireAdmin(call.caller);
    return list(call, call.world.state.runners.all());
  }),
  read('/projects/:id/runners', (call) => {
    const project = wantedProject(call, ROLE.maintainer);
    return list(
      call,
      call.world.state.runners.all().filter((runner) => servesProject(call.world, runner, project)),
    );
  }),
  write('POST', '/projects/:id/runners', enableForProject),
  read('/groups/:id/runners', (call) => {
    const group = wantedGroup(call, ROLE.maintainer);
    return list(
      call,
      call.world.state.runners.all().filter(({ groupId }) => groupId === group.id),
    );
  }),
  read('/runners/:id', (call) => ok(runnerDetails(call.world, runnerOfCall(call))), MANAGE),
  read(
    '/runners/:id/managers',
    (call) => paged(call, managersOf(call.world, runnerOfCall(call)), (manager) => managerEntity(call.world, manager)),
    MANAGE,
  ),
  write('PUT', '/runners/:id', edit, MANAGE),
  write(
    'DELETE',
    '/runners/:id',
    (call) => {
      removeRunner(call.world, runnerOfCall(call));
      return noContent();
    },
    MANAGE,
  ),
  write('POST', '/runners/:id/reset_authentication_token', resetToken, MANAGE),
];

/** `POST /user/runners`: a new runner; its token is shown only here (gl:lib/api/user_runners.rb). */
import {
  groupByIdOrPath,
  groupLevel,
  maySeeGroup,
  maySeeProject,
  projectByIdOrPath,
  projectLevel,
  ROLE,
} from '../access.ts';
import { newRunnerToken, tokenEnd } from '../ci/runner-records.ts';
import { checkParams } from '../http/params.ts';
import { badParameter, badRecord, badRequest, created, forbidden } from '../http/reply.ts';
import { type Call, type Route, write } from '../http/route.ts';
import type { Runner, RunnerType } from '../model.ts';
import { digestOf, isoTimeOrNull } from '../state.ts';
import type { World } from '../world.ts';
import { asSentence, NEW_RUNNER, type RunnerFields, runnerFields, runnerProblems } from './runner-params.ts';

type Scope = Pick<Runner, 'type' | 'groupId' | 'projectIds'>;

const noRight = () => forbidden('Insufficient permissions');

const groupScope = (call: Call, id: number): Scope => {
  const group = groupByIdOrPath(call.world, String(id));
  if (group === undefined || !maySeeGroup(call.world, call.caller, group)) throw badRequest('Missing/invalid scope');
  if (!call.caller.isAdmin && groupLevel(call.world, call.caller.user, group.id) < ROLE.owner) throw noRight();
  return { type: 'group_type', groupId: group.id, projectIds: [] };
};

const projectScope = (call: Call, id: number): Scope => {
  const project = projectByIdOrPath(call.world, String(id));
  if (project === undefined || !maySeeProject(call.world, call.caller, project))
    throw badRequest('Missing/invalid scope');
  if (!call.caller.isAdmin && projectLevel(call.world, call.caller.user, project) < ROLE.maintainer) throw noRight();
  return { type: 'project_type', groupId: null, projectIds: [project.id] };
};

/** Parameters first, then what the caller may do. @throws Refusal 400, 403 */
const scopeOf = (call: Call): Scope => {
  const given = checkParams(call.params, {
    runner_type: { type: 'string', required: true, values: ['instance_type', 'group_type', 'project_type'] },
    group_id: { type: 'integer' },
    project_id: { type: 'integer' },
  });
  const type = given.runner_type as RunnerType;
  if (type === 'group_type') {
    if (given.group_id === undefined) throw badParameter('group_id is missing');
    return groupScope(call, given.group_id);
  }
  if (type === 'project_type') {
    if (given.project_id === undefined) throw badParameter('project_id is missing');
    return projectScope(call, given.project_id);
  }
  if (!call.caller.isAdmin) throw noRight();
  return { type, groupId: null, projectIds: [] };
};

export const createRunner = (
  world: World,
  scope: Scope,
  fields: RunnerFields,
  creatorId: number | null,
  token: string,
): Runner => {
  const runner: Runner = {
    ...scope,
    ...fields,
    id: world.state.nextId('runners'),
    digest: digestOf(token),
    tokenExpiresAt: tokenEnd(world, scope.type),
    creatorId,
    contactedAt: null,
    createdAt: world.time.now(),
  };
  world.state.runners.put(String(runner.id), runner);
  return runner;
};

export const userRunnerRoutes: readonly Route[] = [
  write(
    'POST',
    '/user/runners',
    (call) => {
      const fields = runnerFields(call.params, NEW_RUNNER);
      const scope = scopeOf(call);
      const problems = runnerProblems(fields);
      if (Object.keys(problems).length > 0) throw badRequest(asSentence(problems));
      const token = newRunnerToken();
      const runner = createRunner(call.world, scope, fields, call.caller.user.id, token);
      return created({ id: runner.id, token, token_expires_at: isoTimeOrNull(runner.tokenExpiresAt ?? null) });
    },
    ['create_runner'],
  ),
];

/** @throws Refusal 400 with the fields as keys, the form edits answer in */
export const refuseBadRunner = (fields: RunnerFields): void => {
  const problems = runnerProblems(fields);
  if (Object.keys(problems).length > 0) throw badRecord(problems);
};

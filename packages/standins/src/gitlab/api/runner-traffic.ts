/** What the runner binary calls: its token is in the body, a header with it means nothing here (gl19:lib/api/ci/runner.rb). */
import { createHash } from 'node:crypto';
import { jobDocument } from '../ci/job-document.ts';
import { startJob } from '../ci/pipelines.ts';
import {
  type ContactFacts,
  contactFacts,
  managersOf,
  newRunnerToken,
  noteContact,
  removeRunner,
  renewToken,
  runnerByToken,
  servesProject,
} from '../ci/runner-records.ts';
import { checkParams } from '../http/params.ts';
import { created, forbidden, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type OpenCall, open, type Route } from '../http/route.ts';
import type { Job, Runner } from '../model.ts';
import { digestOf, isoTimeOrNull, randomText } from '../state.ts';
import type { Features } from '../version.ts';
import { NEW_RUNNER, runnerFields } from './runner-params.ts';
import { createRunner, refuseBadRunner } from './user-runners.ts';

const TOKEN = { token: { type: 'string', required: true } } as const;

const tokenOf = (call: OpenCall): string => checkParams(call.params, TOKEN).token;

/** @throws Refusal 403 for a dead token */
const runnerOfCall = (call: OpenCall): Runner => {
  const runner = runnerByToken(call.world, tokenOf(call));
  if (runner === undefined) throw forbidden();
  return runner;
};

const verify = (call: OpenCall) => {
  const runner = runnerOfCall(call);
  noteContact(call.world, runner, contactFacts(call.request, call.params));
  return ok({ id: runner.id, token: tokenOf(call), token_expires_at: isoTimeOrNull(runner.tokenExpiresAt ?? null) });
};

const register = (call: OpenCall) => {
  const token = tokenOf(call);
  const known = call.world.state.facts.get('registration-token') === token;
  if (!call.world.settings().allow_runner_registration_token)
    throw new Refusal(410, { message: '410 Gone - runner registration disallowed' });
  if (!known) throw forbidden('invalid token supplied');
  const fields = runnerFields(call.params, NEW_RUNNER);
  refuseBadRunner(fields);
  const runnerToken = newRunnerToken(true);
  const runner = createRunner(
    call.world,
    { type: 'instance_type', groupId: null, projectIds: [] },
    fields,
    null,
    runnerToken,
  );
  return created({
    id: runner.id,
    token: runnerToken,
    token_expires_at: isoTimeOrNull(runner.tokenExpiresAt ?? null),
  });
};

const mayTake = (call: OpenCall, runner: Runner, job: Job): boolean => {
  if (job.status !== 'pending' || runner.paused) return false;
  const project = call.world.state.projects.get(String(job.projectId));
  if (project === undefined || !servesProject(call.world, runner, project)) return false;
  return job.tags.length === 0 ? runner.runUntagged : job.tags.every((tag) => runner.tags.includes(tag));
};

/** Changes whenever the queue of this runner may have changed; a runner sends back what it last saw. */
const queueMark = (call: OpenCall, runner: Runner): string => {
  const jobs = call.world.state.jobs.all();
  const newest = jobs.reduce((latest, { queuedAt }) => Math.max(latest, queuedAt ?? 0), 0);
  return createHash('md5').update(`${runner.id}:${runner.tags}:${newest}`).digest('hex');
};

const handOver = ({ world }: OpenCall, { info }: ContactFacts, runner: Runner, job: Job, mark: string) => {
  const pipeline = world.state.pipelines.get(String(job.pipelineId));
  const project = world.state.projects.get(String(job.projectId));
  if (pipeline === undefined || project === undefined) throw new Refusal(409, { message: '409 Conflict' });
  const token = `glcbt-${randomText(20)}`;
  const { features } = info as { readonly features?: { readonly cancel_gracefully?: unknown } };
  const cancelsGracefully = features?.cancel_gracefully === true;
  const running = startJob(world, job, { runnerId: runner.id, tokenDigest: digestOf(token), cancelsGracefully });
  return {
    status: 201,
    headers: { 'X-GitLab-Last-Update': mark },
    body: jobDocument(world, { job: running, pipeline, project, runner, token }),
  };
};

const requestJob = (call: OpenCall) => {
  const runner = runnerOfCall(call);
  const facts = contactFacts(call.request, call.params);
  noteContact(call.world, runner, facts);
  const mark = queueMark(call, runner);
  const job = call.world.state.jobs.all().find((one) => mayTake(call, runner, one));
  return job === undefined
    ? { status: 204, headers: { 'X-GitLab-Last-Update': mark } }
    : handOver(call, facts, runner, job, mark);
};

const unregisterManager = (call: OpenCall) => {
  const runner = runnerOfCall(call);
  const { system_id: systemId } = checkParams(call.params, { system_id: { type: 'string', required: true } });
  const manager = managersOf(call.world, runner).find((one) => one.systemId === systemId);
  if (manager === undefined) throw notFound('Runner manager not found');
  call.world.state.managers.delete(String(manager.id));
  return noContent();
};

export const runnerTrafficRoutes = (features: Features): readonly Route[] => [
  ...(features.registerRunners ? [open('POST', '/runners', register)] : []),
  open('DELETE', '/runners', (call) => {
    removeRunner(call.world, runnerOfCall(call));
    return noContent();
  }),
  open('POST', '/runners/verify', verify),
  // What a runner calls at three quarters of its token's life (run:network/gitlab.go ResetToken).
  open('POST', '/runners/reset_authentication_token', (call) => created(renewToken(call.world, runnerOfCall(call)))),
  open('DELETE', '/runners/managers', unregisterManager),
  // Not available here, which a runner takes as an answer.
  open('GET', '/runners/router/discovery', () => ({ status: 501, body: { message: '501 Not Implemented' } })),
  open('POST', '/jobs/request', requestJob),
];

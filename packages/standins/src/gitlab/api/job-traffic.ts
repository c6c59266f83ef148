/** A running job's log and result, reported by the runner with the job's own token (gl19:lib/api/ci/runner.rb). */
import { finishJob } from '../ci/pipelines.ts';
import { isDone } from '../ci/progress.ts';
import { checkParams, recordId } from '../http/params.ts';
import { badRequest, forbidden, notFound, Refusal } from '../http/reply.ts';
import { type OpenCall, open, type Route } from '../http/route.ts';
import type { Job } from '../model.ts';
import { digestOf } from '../state.ts';

/** Seconds between two pieces of log while nobody watches. */
const TRACE_INTERVAL = '3';

const jobTokenOf = (call: OpenCall): string =>
  call.request.headers['job-token'] ?? (typeof call.params.token === 'string' ? call.params.token : '');

/** @throws Refusal 404, 403 when the token is not the job's or the job has ended */
const jobOfCall = (call: OpenCall): Job => {
  const job = call.world.state.jobs.get(recordId(call.params, 'id'));
  if (job === undefined) throw notFound();
  if (job.tokenDigest !== digestOf(jobTokenOf(call))) throw forbidden();
  if (isDone(job.status))
    throw new Refusal(403, { message: '403 Forbidden - Job is not running' }, { 'Job-Status': job.status });
  call.world.contacts.set(`job:${job.id}`, call.world.time.now());
  return job;
};

const STATES = ['pending', 'running', 'success', 'failed'];

const update = (call: OpenCall) => {
  const job = jobOfCall(call);
  const { state, failure_reason: reason } = checkParams(call.params, {
    state: { type: 'string', values: STATES },
    failure_reason: { type: 'string' },
  });
  if (state === 'success') finishJob(call.world, job, 'success', null);
  if (state === 'failed') finishJob(call.world, job, 'failed', reason ?? 'unknown_failure');
  const now = call.world.state.jobs.get(String(job.id)) ?? job;
  return { status: 200, headers: { 'Job-Status': now.status }, body: 'true' };
};

const appendTrace = (call: OpenCall) => {
  const job = jobOfCall(call);
  const range = call.request.headers['content-range'];
  const [, start] = /^(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (start === undefined) throw badRequest('Missing header Content-Range');
  const size = call.world.traces.read(job.id).length;
  if (Number(start) !== size)
    throw new Refusal(416, { message: '416 Range Not Satisfiable' }, { Range: `0-${size}`, 'Job-Status': job.status });
  call.world.traces.append(job.id, call.request.body);
  return {
    status: 202,
    headers: {
      'Job-Status': job.status,
      Range: `0-${size + call.request.body.length}`,
      'X-GitLab-Trace-Update-Interval': TRACE_INTERVAL,
      'Content-Type': 'application/json',
    },
  };
};

export const jobTrafficRoutes: readonly Route[] = [
  open('PUT', '/jobs/:id', update),
  open('PATCH', '/jobs/:id/trace', appendTrace, true),
];

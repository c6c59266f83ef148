/** Pipelines and jobs of a project (gl:lib/api/ci/pipelines.rb, jobs.rb). */
import { isSet, ROLE, wantedProject } from '../access.ts';
import { jobsOf } from '../ci/jobs-of.ts';
import { cancelJob, createPipeline, playJob, retryJob } from '../ci/pipelines.ts';
import { isDone } from '../ci/progress.ts';
import { paged } from '../http/paging.ts';
import { checkParams, recordId } from '../http/params.ts';
import { badRecord, created, forbidden, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Job, KeyValue, Pipeline, Project } from '../model.ts';
import { jobEntity, pipelineBasic, pipelineFull } from './ci-entity.ts';

const pipelinesOf = (call: Call, project: Project): readonly Pipeline[] =>
  call.world.state.pipelines
    .all()
    .filter(({ projectId }) => projectId === project.id)
    .reverse();

const pipelineOfCall = (call: Call, project: Project): Pipeline => {
  const pipeline = call.world.state.pipelines.get(recordId(call.params, 'pipeline_id'));
  if (pipeline === undefined || pipeline.projectId !== project.id) throw notFound('Pipeline');
  return pipeline;
};

const jobOfCall = (call: Call, project: Project): Job => {
  const job = call.world.state.jobs.get(recordId(call.params, 'job_id'));
  if (job === undefined || job.projectId !== project.id) throw notFound();
  return job;
};

const variablesOf = (call: Call): readonly KeyValue[] => {
  const { variables } = checkParams(call.params, { variables: { type: 'objects' } });
  return (variables ?? []).map(({ key, value }) => ({ key: String(key ?? ''), value: String(value ?? '') }));
};

const create = (call: Call) => {
  const project = wantedProject(call, ROLE.developer);
  const { ref } = checkParams(call.params, { ref: { type: 'string', required: true } });
  const tag = call.world.repositories.ref(project, 'tag', ref) !== undefined;
  const commit = call.world.repositories.ref(project, tag ? 'tag' : 'branch', ref);
  if (commit === undefined) throw badRecord({ base: ['Reference not found'] });
  const outcome = createPipeline(call.world, project, {
    ref,
    tag,
    sha: commit.sha,
    beforeSha: '0'.repeat(40),
    source: 'api',
    user: call.caller.user,
    variables: variablesOf(call),
  });
  if (outcome.kind === 'refused') throw badRecord({ base: [outcome.problem] });
  return created(pipelineFull(call.world, project, outcome.pipeline));
};

const list = (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const given = checkParams(call.params, {
    status: { type: 'string' },
    ref: { type: 'string' },
    sha: { type: 'string' },
    source: { type: 'string' },
    sort: { type: 'string', values: ['asc', 'desc'] },
  });
  const found = pipelinesOf(call, project).filter(
    (pipeline) =>
      (given.status === undefined || pipeline.status === given.status) &&
      (given.ref === undefined || pipeline.ref === given.ref) &&
      (given.sha === undefined || pipeline.sha === given.sha) &&
      (given.source === undefined || pipeline.source === given.source),
  );
  return paged(call, given.sort === 'asc' ? [...found].reverse() : found, (pipeline) =>
    pipelineBasic(call.world, project, pipeline),
  );
};

const latest = (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const ref = call.params.ref === undefined ? project.defaultBranch : String(call.params.ref);
  const newest = pipelinesOf(call, project).find((pipeline) => pipeline.ref === ref);
  if (newest === undefined) throw new Refusal(403, { message: '403 Forbidden' });
  return ok(pipelineFull(call.world, project, newest));
};

const cancel = (call: Call) => {
  const project = wantedProject(call, ROLE.developer);
  const pipeline = pipelineOfCall(call, project);
  for (const job of jobsOf(call.world, pipeline)) cancelJob(call.world, job);
  return created(pipelineFull(call.world, project, pipelineOfCall(call, project)));
};

const retry = (call: Call) => {
  const project = wantedProject(call, ROLE.developer);
  const pipeline = pipelineOfCall(call, project);
  for (const job of jobsOf(call.world, pipeline))
    if (job.status === 'failed' || job.status === 'canceled') retryJob(call.world, job);
  return created(pipelineFull(call.world, project, pipelineOfCall(call, project)));
};

const onProject = (role: number, handle: (call: Call, project: Project) => ReturnType<typeof ok>) => (call: Call) =>
  handle(call, wantedProject(call, role));

export const pipelineRoutes: readonly Route[] = [
  write('POST', '/projects/:id/pipeline', create),
  read('/projects/:id/pipelines', list),
  read('/projects/:id/pipelines/latest', latest),
  read(
    '/projects/:id/pipelines/:pipeline_id',
    onProject(ROLE.guest, (call, project) => ok(pipelineFull(call.world, project, pipelineOfCall(call, project)))),
  ),
  read(
    '/projects/:id/pipelines/:pipeline_id/jobs',
    onProject(ROLE.guest, (call, project) =>
      paged(call, [...jobsOf(call.world, pipelineOfCall(call, project))].reverse(), (job) =>
        jobEntity(call.world, project, job),
      ),
    ),
  ),
  write('POST', '/projects/:id/pipelines/:pipeline_id/cancel', cancel),
  write('POST', '/projects/:id/pipelines/:pipeline_id/retry', retry),
  write(
    'DELETE',
    '/projects/:id/pipelines/:pipeline_id',
    onProject(ROLE.owner, (call, project) => {
      const pipeline = pipelineOfCall(call, project);
      for (const { id, pipelineId } of call.world.state.jobs.all())
        if (pipelineId === pipeline.id) call.world.state.jobs.delete(String(id));
      call.world.state.pipelines.delete(String(pipeline.id));
      return noContent();
    }),
  ),
  read(
    '/projects/:id/jobs',
    onProject(ROLE.guest, (call, project) => {
      const all = isSet(call.params, 'include_retried');
      const jobs = call.world.state.jobs
        .all()
        .filter(({ projectId, retried }) => projectId === project.id && (all || retried !== true));
      return paged(call, jobs.reverse(), (job) => jobEntity(call.world, project, job));
    }),
  ),
  read(
    '/projects/:id/jobs/:job_id',
    onProject(ROLE.guest, (call, project) => ok(jobEntity(call.world, project, jobOfCall(call, project)))),
  ),
  read(
    '/projects/:id/jobs/:job_id/trace',
    onProject(ROLE.guest, (call, project) => ({
      status: 200,
      headers: { 'Content-Type': 'text/plain' },
      body: call.world.traces.read(jobOfCall(call, project).id),
    })),
  ),
  write(
    'POST',
    '/projects/:id/jobs/:job_id/play',
    onProject(ROLE.developer, (call, project) => {
      const job = jobOfCall(call, project);
      if (job.status !== 'manual') throw new Refusal(400, { message: '400 Bad request - Unplayable Job' });
      return ok(jobEntity(call.world, project, playJob(call.world, job)));
    }),
  ),
  write(
    'POST',
    '/projects/:id/jobs/:job_id/retry',
    onProject(ROLE.developer, (call, project) => {
      const job = jobOfCall(call, project);
      if (!isDone(job.status) || job.status === 'skipped' || job.retried === true)
        throw forbidden('Job is not retryable');
      return created(jobEntity(call.world, project, retryJob(call.world, job)));
    }),
  ),
  write(
    'POST',
    '/projects/:id/jobs/:job_id/cancel',
    onProject(ROLE.developer, (call, project) => {
      cancelJob(call.world, jobOfCall(call, project));
      return created(jobEntity(call.world, project, jobOfCall(call, project)));
    }),
  ),
];

/** Pipelines come to be and move on; every step of a job or pipeline is announced to the hooks that listen. */
import { jobPayload } from '../hooks/payloads/job.ts';
import { pipelinePayload } from '../hooks/payloads/pipeline.ts';
import type { Job, JobStatus, KeyValue, Pipeline, Project, User } from '../model.ts';
import type { World } from '../world.ts';
import { CI_FILE, type PlannedJob, parseCiConfig } from './ci-config.ts';
import { jobsOf } from './jobs-of.ts';
import { dueJobs, isDone, withProgress } from './progress.ts';

const announcePipeline = (world: World, project: Project, pipeline: Pipeline): void =>
  world.hooks.fire({ event: 'pipeline_events', project, payload: pipelinePayload(world, project, pipeline) });

const announceJob = (world: World, project: Project, job: Job): void =>
  world.hooks.fire({ event: 'job_events', project, payload: jobPayload(world, project, job) });

const projectOf = (world: World, projectId: number): Project | undefined => world.state.projects.get(String(projectId));

/** Stores the job and announces it. */
const saveJob = (world: World, job: Job): void => {
  world.state.jobs.put(String(job.id), job);
  const project = projectOf(world, job.projectId);
  if (project !== undefined) announceJob(world, project, job);
};

/** Starts what is due and brings the pipeline's status up to its jobs; announces when it changed. */
export const advance = (world: World, pipelineId: number): void => {
  const pipeline = world.state.pipelines.get(String(pipelineId));
  const project = pipeline === undefined ? undefined : projectOf(world, pipeline.projectId);
  if (pipeline === undefined || project === undefined) return;
  const now = world.time.now();
  let due = dueJobs(pipeline.stages, jobsOf(world, pipeline));
  while (due.length > 0) {
    for (const [job, status] of due)
      saveJob(world, { ...job, status, queuedAt: now, finishedAt: status === 'skipped' ? now : null });
    due = dueJobs(pipeline.stages, jobsOf(world, pipeline));
  }
  const next = withProgress(pipeline, jobsOf(world, pipeline), now);
  if (next.status === pipeline.status) return;
  world.state.pipelines.put(String(next.id), next);
  announcePipeline(world, project, next);
};

const newJob = (world: World, pipeline: Pipeline, planned: PlannedJob): Job => ({
  ...planned,
  id: world.state.nextId('jobs'),
  projectId: pipeline.projectId,
  pipelineId: pipeline.id,
  status: 'created',
  runnerId: null,
  tokenDigest: null,
  failureReason: null,
  createdAt: world.time.now(),
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
});

export interface NewPipeline {
  readonly ref: string;
  readonly tag: boolean;
  readonly sha: string;
  readonly beforeSha: string;
  readonly source: Pipeline['source'];
  readonly user: User;
  readonly variables: readonly KeyValue[];
}

export type PipelineOutcome =
  | { readonly kind: 'made'; readonly pipeline: Pipeline }
  | { readonly kind: 'refused'; readonly problem: string };

const emptyPipeline = (world: World, project: Project, wanted: NewPipeline): Pipeline => {
  const now = world.time.now();
  const iid = world.state.nextId(`pipelines:${project.id}`);
  const { ref, tag, sha, beforeSha, source, variables } = wanted;
  return {
    id: world.state.nextId('pipelines'),
    iid,
    projectId: project.id,
    ref,
    tag,
    sha,
    beforeSha,
    source,
    status: 'created',
    stages: [],
    variables,
    yamlErrors: null,
    userId: wanted.user.id,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    finishedAt: null,
  };
};

/** An error in the file makes a failed pipeline when a push asked for it, and a refusal when a call did. */
const refuseOrKeep = (world: World, project: Project, wanted: NewPipeline, problem: string): PipelineOutcome => {
  if (wanted.source !== 'push') return { kind: 'refused', problem };
  const now = world.time.now();
  const empty = emptyPipeline(world, project, wanted);
  const pipeline: Pipeline = { ...empty, status: 'failed', yamlErrors: problem, finishedAt: now };
  world.state.pipelines.put(String(pipeline.id), pipeline);
  announcePipeline(world, project, pipeline);
  return { kind: 'made', pipeline };
};

export const createPipeline = (world: World, project: Project, wanted: NewPipeline): PipelineOutcome => {
  const commit = world.repositories.find(project, wanted.sha);
  const file = commit === undefined ? undefined : world.repositories.file(project, commit, CI_FILE);
  if (file === undefined) return { kind: 'refused', problem: 'Missing CI config file' };
  const config = parseCiConfig(file.toString('utf8'));
  if (config.kind === 'invalid') return refuseOrKeep(world, project, wanted, config.problem);
  const pipeline: Pipeline = { ...emptyPipeline(world, project, wanted), stages: config.stages };
  world.state.pipelines.put(String(pipeline.id), pipeline);
  const inOrder = config.stages.flatMap((stage) => config.jobs.filter((job) => job.stage === stage));
  for (const planned of inOrder) saveJob(world, newJob(world, pipeline, planned));
  advance(world, pipeline.id);
  return { kind: 'made', pipeline: world.state.pipelines.get(String(pipeline.id)) ?? pipeline };
};

/** A runner has taken the job. */
export const startJob = (
  world: World,
  job: Job,
  by: Pick<Required<Job>, 'tokenDigest' | 'cancelsGracefully'> & { readonly runnerId: number },
): Job => {
  const running: Job = { ...job, ...by, status: 'running', startedAt: world.time.now() };
  saveJob(world, running);
  advance(world, job.pipelineId);
  return running;
};

export const finishJob = (
  world: World,
  job: Job,
  status: Extract<JobStatus, 'success' | 'failed' | 'canceled'>,
  reason: string | null,
): void => {
  if (isDone(job.status)) return;
  // However a canceled one ended (gl:app/models/commit_status.rb).
  const [ended, why] = job.status === 'canceling' ? (['canceled', null] as const) : [status, reason];
  saveJob(world, { ...job, status: ended, failureReason: why, finishedAt: world.time.now() });
  advance(world, job.pipelineId);
};

/** One that runs is canceling until its runner has ended it, where the runner says that it does. */
export const cancelJob = (world: World, job: Job): void => {
  if (isDone(job.status) || job.status === 'canceling') return;
  if (job.status === 'running' && job.cancelsGracefully === true) {
    saveJob(world, { ...job, status: 'canceling' });
    advance(world, job.pipelineId);
  } else {
    finishJob(world, job, 'canceled', null);
  }
};

/** What another job has been made in place of stays to be seen, and counts no more; what was skipped because of it waits again. */
export const retryJob = (world: World, job: Job): Job => {
  world.state.jobs.put(String(job.id), { ...job, retried: true });
  const now = world.time.now();
  const fresh: Job = {
    ...job,
    ...{ id: world.state.nextId('jobs'), status: 'pending', createdAt: now, queuedAt: now },
    ...{ runnerId: null, tokenDigest: null, failureReason: null, startedAt: null, finishedAt: null },
    cancelsGracefully: false,
  };
  saveJob(world, fresh);
  const pipeline = world.state.pipelines.get(String(job.pipelineId));
  if (pipeline !== undefined)
    for (const skipped of jobsOf(world, pipeline).filter(({ status }) => status === 'skipped'))
      saveJob(world, { ...skipped, status: 'created', finishedAt: null });
  advance(world, job.pipelineId);
  return fresh;
};

/** A manual job is started by hand. */
export const playJob = (world: World, job: Job): Job => {
  const pending: Job = { ...job, status: 'pending', queuedAt: world.time.now() };
  saveJob(world, pending);
  advance(world, job.pipelineId);
  return pending;
};

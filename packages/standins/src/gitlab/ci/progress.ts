/** How a pipeline gets on, computed from its jobs: which may start now and what the whole has come to. Pure. */
import type { Job, JobStatus, Pipeline } from '../model.ts';

const DONE: readonly JobStatus[] = ['success', 'failed', 'canceled', 'skipped'];
export const isDone = (status: JobStatus): boolean => DONE.includes(status);

/** A runner has it, and may be heard of again. */
export const isAtWork = (status: JobStatus): boolean => status === 'running' || status === 'canceling';

const failedHard = (job: Job) => (job.status === 'failed' || job.status === 'canceled') && !job.allowFailure;
/** A manual job that may fail does not hold the next stage back. */
const isSettled = (job: Job) => isDone(job.status) || (job.status === 'manual' && job.allowFailure);

const startStatus = (job: Job, earlierFailed: boolean): JobStatus => {
  if (job.when === 'always') return 'pending';
  if (job.when === 'on_failure') return earlierFailed ? 'pending' : 'skipped';
  if (earlierFailed) return 'skipped';
  return job.when === 'manual' ? 'manual' : 'pending';
};

/** Jobs whose status changes now that their stage is due, with the new status. */
export const dueJobs = (stages: readonly string[], jobs: readonly Job[]): readonly (readonly [Job, JobStatus])[] => {
  let earlierFailed = false;
  for (const stage of stages) {
    const here = jobs.filter((job) => job.stage === stage);
    const waiting = here.filter(({ status }) => status === 'created');
    if (waiting.length > 0) {
      const failed = earlierFailed;
      return waiting.map((job) => [job, startStatus(job, failed)] as const);
    }
    if (!here.every(isSettled)) return [];
    earlierFailed ||= here.some(failedHard);
  }
  return [];
};

export const pipelineStatus = (jobs: readonly Job[]): JobStatus => {
  const some = (status: JobStatus) => jobs.some((job) => job.status === status);
  const blocked = jobs.some((job) => job.status === 'manual' && !job.allowFailure);
  const open = jobs.filter((job) => !isSettled(job));
  if (open.length === 0) {
    if (jobs.some((job) => job.status === 'failed' && !job.allowFailure)) return 'failed';
    if (jobs.some((job) => job.status === 'canceled' && !job.allowFailure)) return 'canceled';
    return jobs.every(({ status }) => status === 'skipped') ? 'skipped' : 'success';
  }
  if (some('canceling')) return 'canceling';
  if (some('running')) return 'running';
  const anyDone = jobs.some(({ status }) => status === 'success' || status === 'failed');
  if (some('pending')) return anyDone ? 'running' : 'pending';
  if (blocked) return 'manual';
  return anyDone ? 'running' : 'created';
};

/** The pipeline with the status and times its jobs give it. */
export const withProgress = (pipeline: Pipeline, jobs: readonly Job[], now: number): Pipeline => {
  const status = pipelineStatus(jobs);
  return {
    ...pipeline,
    status,
    updatedAt: now,
    startedAt: pipeline.startedAt ?? (status === 'running' || isDone(status) ? now : null),
    finishedAt: isDone(status) ? (pipeline.finishedAt ?? now) : null,
  };
};

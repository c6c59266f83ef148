/** A job whose runner has gone silent is given up after an hour (gl:app/workers/stuck_ci_jobs_worker.rb). */
import type { World } from '../world.ts';
import { finishJob } from './pipelines.ts';
import { isAtWork } from './progress.ts';

const SILENT_MS = 60 * 60_000;

export const dropStuckJobs = (world: World): void => {
  const now = world.time.now();
  const lastSign = (jobId: number, startedAt: number) => world.contacts.get(`job:${jobId}`) ?? startedAt;
  for (const job of world.state.jobs.all())
    if (isAtWork(job.status) && now - lastSign(job.id, job.startedAt ?? 0) > SILENT_MS)
      finishJob(world, job, 'failed', 'stuck_or_timeout_failure');
};

/** Looks every hour. Returns how to end it. */
export const watchStuckJobs = (world: World): (() => void) => {
  let cancel: () => void = () => undefined;
  const again = () => {
    cancel = world.time.after(SILENT_MS, () => {
      dropStuckJobs(world);
      again();
    });
  };
  again();
  return () => cancel();
};

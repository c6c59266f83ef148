/** Who does which job: what the parts bring, loaded where jobs are decided on or done. */
import type { Job } from '../contracts/job.ts';
import type { JobTable, Part } from '../contracts/part.ts';
import type { Ports } from '../contracts/ports.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { JobSpec } from '../stack/stack.ts';
import { loadedFrom } from './loaded-from.ts';

/** Does it with what is loaded when the first job is asked for: most runs on containers do none themselves. */
export const jobsOf = (parts: readonly Part[]): ((spec: JobSpec, ports: Ports) => Promise<Job>) => {
  let jobs: Promise<JobTable> | undefined;
  return async (spec, ports) => {
    jobs ??= loadJobs(parts);
    return createJob(await jobs, spec, ports);
  };
};

export const loadJobs = async (parts: readonly Part[]): Promise<JobTable> =>
  Object.assign({}, ...(await loadedFrom(parts, ({ jobs }) => jobs?.())));

/** @throws ChatopsError INTERNAL: no part brings this kind */
export const createJob = (jobs: JobTable, spec: JobSpec, ports: Ports): Job => {
  const create = jobs[spec.job];
  if (!create) throw new ChatopsError('INTERNAL', { what: `nothing does the job ${spec.job}` });
  return create(spec, ports);
};

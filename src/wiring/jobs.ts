/** The visible table of jobs: what is to be done (data) → who does it. A new job is a folder and a line here. */

import type { Job } from '../contracts/job.ts';
import type { Ports } from '../contracts/ports.ts';
import { createGitLabSetupJob } from '../parts/gitlab/setup/gitlab-setup.ts';
import { createRunnerRegistrationJob } from '../parts/gitlab-runner/setup/runner-registration.ts';
import { createReplicaSetJob } from '../parts/mongodb/setup/job.ts';
import { createRocketChatSetupJob } from '../parts/rocketchat/setup/setup.ts';
import { createAnnouncementJob } from '../proofs/announcement/announcement.ts';
import { createConversationJob } from '../proofs/conversation/conversation.ts';
import type { JobKind, JobSpec } from '../stack/stack.ts';

type SpecOf<K extends JobKind> = Extract<JobSpec, { job: K }>;
/** Every kind of the stack has its line: the compiler sees to it. */
type JobTable = { readonly [K in JobKind]: (spec: SpecOf<K>, ports: Ports) => Job };

export const JOBS: JobTable = {
  'mongo-replica-set': createReplicaSetJob,
  'rocketchat-setup': createRocketChatSetupJob,
  'gitlab-setup': createGitLabSetupJob,
  'runner-registration': createRunnerRegistrationJob,
  conversation: createConversationJob,
  announcement: createAnnouncementJob,
};

export const createJob = (spec: JobSpec, ports: Ports): Job => {
  // The key decides the parameter's type, which the compiler cannot follow through an index.
  const create = JOBS[spec.job] as (spec: JobSpec, ports: Ports) => Job;
  return create(spec, ports);
};

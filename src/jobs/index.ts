/** The visible table of jobs: what is to be done (data) → who does it. A new job is a folder and a line here. */
import type { Ports } from '../ports/ports.ts';
import type { JobKind, JobSpec } from '../stack/stack.ts';
import { createAnnouncementJob } from './announcement/announcement.ts';
import { createConversationJob } from './conversation/conversation.ts';
import { createGitLabSetupJob } from './gitlab/gitlab-setup.ts';
import type { Job } from './job.ts';
import { createReplicaSetJob } from './mongodb/replica-set/job.ts';
import { createRocketChatSetupJob } from './rocketchat/setup.ts';
import { createRunnerRegistrationJob } from './runner/runner-registration.ts';

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

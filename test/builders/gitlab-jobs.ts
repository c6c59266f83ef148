/** Specs of the jobs around GitLab, and one run of a job the way the engine runs it. */

import type { Job } from '../../src/contracts/job.ts';
import { type JobOutcome, runJob } from '../../src/engine/run-job.ts';
import type { ChatopsError } from '../../src/errors/chatops-error.ts';
import type { GitLabSetupSpec } from '../../src/parts/gitlab/setup/spec.ts';
import type { RunnerRegistrationSpec } from '../../src/parts/gitlab-runner/setup/spec.ts';
import type { AnnouncementSpec } from '../../src/proofs/announcement/spec.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

export const MARK = 'chatops-up:ops';

const CHAT_TARGET = { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } as const;
const PUBLIC_CHAT = { kind: 'url', url: 'http://chat.chatops.localhost:8080' } as const;

type Hook = GitLabSetupSpec['hooks'][number];

export const wantedHook = (hook: Partial<Hook> = {}, index = 0): Hook => ({
  source: { kind: 'project', path: 'ops/app' },
  room: 'ci',
  events: ['push', 'pipeline'],
  place: `gitlab.announce[${index}]`,
  ...hook,
});

export const setupSpec = (spec: Partial<GitLabSetupSpec> = {}): GitLabSetupSpec => {
  const external = spec.external ?? false;
  return {
    job: 'gitlab-setup',
    mark: MARK,
    target: external
      ? { kind: 'url', url: 'https://git.example.com' }
      : { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
    token: 'CHATOPS_GITLAB_TOKEN',
    external,
    allowList: external ? [] : ['rocketchat:3000'],
    projects: external ? [] : ['ops/app'],
    hooks: [wantedHook()],
    receiver: {
      target: external ? PUBLIC_CHAT : CHAT_TARGET,
      admin: { username: 'admin', password: 'CHATOPS_ADMIN_PASSWORD' },
      name: `${MARK} gitlab`,
      madeBy: 'rocketchat-setup',
      secret: 'CHATOPS_HOOK_SECRET',
    },
    ...spec,
  };
};

export const runnerSpec = (runner: Partial<RunnerRegistrationSpec['runner']> = {}): RunnerRegistrationSpec => ({
  job: 'runner-registration',
  mark: MARK,
  target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
  token: 'CHATOPS_GITLAB_TOKEN',
  runner: { description: 'ops runner', tags: ['docker'], runUntagged: true, scope: { kind: 'instance' }, ...runner },
  work: { executor: 'docker', image: 'alpine:3', concurrent: 1, url: 'http://gitlab' },
});

export const announcementSpec = (spec: Partial<AnnouncementSpec> = {}): AnnouncementSpec => ({
  job: 'announcement',
  proof: 'announcement',
  forge: {
    title: 'GitLab',
    target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
    token: 'CHATOPS_GITLAB_TOKEN',
  },
  external: false,
  hooksBy: 'gitlab-setup',
  project: 'ops/app',
  place: 'gitlab.announce[0]',
  room: 'ci',
  publicUrl: 'http://chat.chatops.localhost:8080',
  account: { username: 'bot', password: 'CHATOPS_BOT_PASSWORD' },
  receiver: setupSpec().receiver,
  ...spec,
});

export const run = (job: Job, withinMs = 300_000): Promise<JobOutcome> =>
  runJob(job, { withinMs, clock: createVirtualClock(), signal: new AbortController().signal });

/** `create hook project ops/app → #ci`, one line each. */
export const changeLines = ({ changes }: Pick<JobOutcome, 'changes'>): readonly string[] =>
  changes.map(({ action, resource, name }) => `${action} ${resource} ${name}`);

export const failure = (promise: Promise<unknown>): Promise<ChatopsError> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (thrown: ChatopsError) => thrown,
  );

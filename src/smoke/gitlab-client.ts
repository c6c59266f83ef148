import { ChatopsError } from '../errors/chatops-error.ts';
import type { GitLabClient } from '../parts/gitlab/gitlab.ts';
import { gitUrl } from '../stack/public-urls.ts';
import type { GitLabSetupSpec, JobNode } from '../stack/stack.ts';
import type { SmokeDeps } from './deps.ts';

type Of = Pick<SmokeDeps, 'stack' | 'ports'>;

/** GitLab where people reach it. */
export const gitlabUrl = ({ stack }: Pick<SmokeDeps, 'stack'>): string => gitUrl(stack.config);

/** What GitLab is to be told; undefined for a stack without one. */
export const gitlabSetup = ({ stack }: Pick<SmokeDeps, 'stack'>): GitLabSetupSpec | undefined =>
  stack.nodes
    .filter((node): node is JobNode => node.kind === 'job')
    .map(({ job }) => job)
    .find((job) => job.job === 'gitlab-setup');

/** @throws ChatopsError SECRET_MISSING */
export const gitlabClient = (deps: Of): GitLabClient => {
  const setup = gitlabSetup(deps);
  if (!setup) throw new ChatopsError('INTERNAL', { what: 'this stack has no GitLab' });
  return deps.ports.gitlab.connect({ url: gitlabUrl(deps), token: deps.ports.secrets.read(setup.token) });
};

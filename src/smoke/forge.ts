import type { Forge } from '../contracts/forge.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { jobOf } from '../stack/jobs-of.ts';
import type { GitLabSetupSpec } from '../stack/stack.ts';
import type { SmokeDeps } from './deps.ts';

type Of = Pick<SmokeDeps, 'stack' | 'ports'>;

/** GitLab where people reach it. */
export const gitlabUrl = ({ stack }: Pick<SmokeDeps, 'stack'>): string => stack.publicUrls.git ?? '';

/** What GitLab is to be told; undefined for a stack without one. */
export const gitlabSetup = ({ stack }: Pick<SmokeDeps, 'stack'>): GitLabSetupSpec | undefined =>
  jobOf(stack, 'gitlab-setup');

/** @throws ChatopsError SECRET_MISSING */
export const forgeOf = (deps: Of): Forge => {
  const setup = gitlabSetup(deps);
  if (!setup) throw new ChatopsError('INTERNAL', { what: 'this stack has no GitLab' });
  return deps.ports.forge({ target: { kind: 'url', url: gitlabUrl(deps) }, token: setup.token });
};

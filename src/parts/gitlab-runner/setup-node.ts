import type { Config, RunnerConfig } from '../../config/config.ts';
import { GITLAB_TOKEN } from '../../config/secret-names.ts';
import { markOf } from '../../stack/names.ts';
import type { Gate, JobNode } from '../../stack/stack.ts';
import { gitlabTarget } from '../../stack/targets.ts';
import { bundlesGitLab } from '../../stack/variation.ts';

/**
 * A runner for the whole instance needs GitLab alone, so the chat does not hold it back.
 * One for a project or group of a GitLab of ours needs the job that makes it.
 */
const gates = (config: Config, runner: RunnerConfig): readonly Gate[] => {
  if (!bundlesGitLab(config)) return [];
  return runner.scope.kind === 'instance'
    ? [{ node: 'gitlab', until: 'ready' }]
    : [{ node: 'gitlab-setup', until: 'done' }];
};

export const runnerRegistration = (config: Config, runner: RunnerConfig): JobNode => ({
  kind: 'job',
  name: 'runner-registration',
  gates: gates(config, runner),
  job: {
    job: 'runner-registration',
    mark: markOf(config),
    target: gitlabTarget(config),
    token: GITLAB_TOKEN,
    runner: {
      description: runner.description,
      tags: runner.tags,
      runUntagged: runner.runUntagged,
      scope: runner.scope,
    },
  },
  withinMs: 180_000,
});

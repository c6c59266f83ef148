import type { Config } from '../../config/config.ts';
import { GITLAB_TOKEN } from '../../config/secret-names.ts';
import { sectionOf } from '../../config/section.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import type { RunnerConfig } from '../../contracts/sections/runner.ts';
import { AUTHORITY_TARGET } from '../../stack/authority.ts';
import { JOBS_DIRECTORY, markOf } from '../../stack/names.ts';
import { networkName } from '../../stack/networks.ts';
import type { Endpoint, Gate, JobNode, RunnerOffer, VolumeMount } from '../../stack/stack.ts';
import { gitlabDoor, gitlabTarget } from '../../stack/targets.ts';
import { bundlesGitLab } from '../../stack/variation.ts';
import { RUNNER_CONFIG_VOLUME } from './service.ts';
import type { RunnerRegistrationSpec, RunnerWork } from './setup/spec.ts';

/**
 * A runner for the whole instance needs GitLab alone, so the chat does not hold it back.
 * One for a project or group of a GitLab of ours needs the job that makes it.
 */
const gates = (config: Config, runner: RunnerConfig): readonly Gate[] => {
  if (!bundlesGitLab(config)) return [];
  return runner.scope.kind === 'instance'
    ? [{ node: 'gitlab', until: 'usable' }]
    : [{ node: 'gitlab-setup', until: 'done' }];
};

const TEMPLATE: VolumeMount = {
  source: './gitlab-runner/config.toml',
  target: `${JOBS_DIRECTORY}/gitlab-runner/config.toml`,
  readOnly: true,
};

/** The runner and its jobs ask at one address: artifacts go to the runner's, clones to one of their own. */
const gitlabUrl = (config: Config): string => sectionOf(config, FORGE).url ?? urlOf(gitlabDoor(config));

const urlOf = ({ service, port }: Endpoint): string => `http://${service}${port === 80 ? '' : `:${port}`}`;

const work = (config: Config, { executor, image, concurrent, jobs }: RunnerConfig): RunnerWork => {
  const url = gitlabUrl(config);
  return {
    executor,
    image,
    concurrent,
    ...(Object.keys(jobs).length === 0 ? {} : { jobs }),
    url,
    // Job containers are siblings of ours on the engine: in a network of theirs they see the front door and nothing more.
    ...(bundlesGitLab(config) ? { inside: { cloneUrl: url, network: networkName(config, 'ci') } } : {}),
    ...(config.authority !== undefined && url.startsWith('https:') ? { authorityFile: AUTHORITY_TARGET } : {}),
  };
};

export const runnerOffer = ({ description, tags, runUntagged, scope }: RunnerConfig): RunnerOffer => ({
  description,
  tags,
  runUntagged,
  scope,
});

export const runnerRegistration = (config: Config, runner: RunnerConfig): JobNode => ({
  kind: 'job',
  name: 'runner-registration',
  gates: gates(config, runner),
  job: {
    job: 'runner-registration',
    mark: markOf(config),
    target: gitlabTarget(config),
    token: GITLAB_TOKEN,
    runner: runnerOffer(runner),
    work: work(config, runner),
  } satisfies RunnerRegistrationSpec,
  volumes: [TEMPLATE, RUNNER_CONFIG_VOLUME],
  withinMs: 180_000,
});

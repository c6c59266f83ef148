import type { Config } from '../../config/config.ts';
import type { RunnerConfig } from '../../contracts/sections/runner.ts';
import { AUTHORITY_TARGET } from '../../stack/authority.ts';
import { JOBS_DIRECTORY, markOf } from '../../stack/names.ts';
import { networkName } from '../../stack/networks.ts';
import type { Endpoint, ForgeOffer, Gate, JobNode, RunnerOffer, VolumeMount } from '../../stack/stack.ts';
import { RUNNER_CONFIG_VOLUME } from './service.ts';
import type { RunnerRegistrationSpec, RunnerWork } from './setup/spec.ts';

/**
 * A runner for the whole instance needs GitLab alone, so the chat does not hold it back.
 * One for a project or group of a GitLab of ours needs the job that makes it.
 */
const gates = ({ external }: ForgeOffer, runner: RunnerConfig): readonly Gate[] => {
  if (external) return [];
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
const gitlabUrl = ({ door, publicUrl }: ForgeOffer): string => (door ? urlOf(door) : publicUrl);

const urlOf = ({ service, port }: Endpoint): string => `http://${service}${port === 80 ? '' : `:${port}`}`;

const work = (
  config: Config,
  forge: ForgeOffer,
  { executor, image, helperImage, concurrent, jobs }: RunnerConfig,
): RunnerWork => {
  const url = gitlabUrl(forge);
  return {
    executor,
    image,
    ...(helperImage === undefined ? {} : { helperImage }),
    concurrent,
    ...(Object.keys(jobs).length === 0 ? {} : { jobs }),
    url,
    // Job containers are siblings of ours on the engine: in a network of theirs they see the front door and nothing more.
    ...(forge.external ? {} : { inside: { cloneUrl: url, network: networkName(config, 'ci') } }),
    ...(config.authority !== undefined && url.startsWith('https:') ? { authorityFile: AUTHORITY_TARGET } : {}),
  };
};

export const runnerOffer = ({ description, tags, runUntagged, scope }: RunnerConfig): RunnerOffer => ({
  description,
  tags,
  runUntagged,
  scope,
});

export const runnerRegistration = (config: Config, forge: ForgeOffer, runner: RunnerConfig): JobNode => ({
  kind: 'job',
  name: 'runner-registration',
  gates: gates(forge, runner),
  job: {
    job: 'runner-registration',
    mark: markOf(config),
    target: forge.ref.target,
    token: forge.ref.token,
    runner: runnerOffer(runner),
    work: work(config, forge, runner),
  } satisfies RunnerRegistrationSpec,
  volumes: [TEMPLATE, RUNNER_CONFIG_VOLUME],
  withinMs: 180_000,
});

import type { Config, RunnerConfig } from '../../config/config.ts';
import { GITLAB_TOKEN } from '../../config/secret-names.ts';
import { authorityEnvironment, authorityVolumes } from '../../stack/authority.ts';
import { PORTS } from '../../stack/names.ts';
import type { ServiceNode, VolumeMount } from '../../stack/stack.ts';
import { gitlabTarget } from '../../stack/targets.ts';

/** Holds the living config.toml (with the token) and the runner's own system id; both must outlive the container. */
export const RUNNER_CONFIG_VOLUME: VolumeMount = {
  source: 'gitlab-runner-config',
  target: '/etc/gitlab-runner',
  readOnly: false,
};

/** Its jobs are containers beside ours: the runner asks the host's engine for them. */
const DOCKER_SOCKET: VolumeMount = {
  source: '/var/run/docker.sock',
  target: '/var/run/docker.sock',
  readOnly: false,
};

/**
 * The token is for its HEALTHCHECK alone. Jobs of a shell runner could read it in their parent's environment, so that
 * one gets none.
 *
 * Started before it has a token, or before GitLab answers, a runner switches itself off for an hour: hence the gate.
 */
export const gitlabRunner = (config: Config, runner: RunnerConfig): ServiceNode => ({
  kind: 'service',
  name: 'gitlab-runner',
  role: 'gitlab-runner',
  gates: [{ node: 'runner-registration', until: 'done' }],
  ready: {
    what: 'runner',
    metrics: { service: 'gitlab-runner', port: PORTS.runnerMetrics },
    gitlab: gitlabTarget(config),
    token: GITLAB_TOKEN,
    description: runner.description,
  },
  readyWithinMs: 180_000,
  container: {
    image: config.images['gitlab-runner'],
    environment: {
      ...(runner.executor === 'docker' ? { [GITLAB_TOKEN]: { secret: GITLAB_TOKEN } } : {}),
      ...authorityEnvironment(config),
    },
    listens: [PORTS.runnerMetrics],
    publishes: {},
    volumes: [
      RUNNER_CONFIG_VOLUME,
      ...(runner.executor === 'docker' ? [DOCKER_SOCKET] : []),
      ...authorityVolumes(config),
    ],
    aliases: [],
  },
});

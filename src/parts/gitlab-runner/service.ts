import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import type { RunnerConfig } from '../../contracts/sections/runner.ts';
import type { HttpSpec } from '../../probes/http.ts';
import type { Allowance, Call, ForgeOffer, Most, ServiceNode, VolumeMount } from '../../stack/stack.ts';
import { jobImages } from './image.ts';
import type { RunnerProbeSpec } from './probes/runner.ts';

/** Holds the current config.toml (with the token) and the runner's own system id; both must outlive the container. */
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

/** Where it serves its metrics; registered for it in Prometheus' port list. */
const METRICS = { service: 'gitlab-runner', port: 9252 };

const METRICS_ANSWER: HttpSpec = {
  what: 'http',
  target: { kind: 'service', endpoint: METRICS },
  path: '/metrics',
  status: 200,
};

/** Jobs of its shell run in it; those of Docker in containers beside it, which join our network for a GitLab of ours. */
const strangers = ({ external }: ForgeOffer, { executor }: RunnerConfig): Pick<ServiceNode, 'strangers'> => {
  if (executor === 'shell') return { strangers: 'inside' };
  return external ? {} : { strangers: 'beside' };
};

const allows = ({ executor }: RunnerConfig): readonly Allowance[] => {
  const both: readonly Allowance[] = [
    { what: 'user', because: 'its configuration, with the token, is for root alone' },
    { what: 'writes', because: 'it keeps what it works on under its own folders' },
  ];
  if (executor === 'docker') {
    const because = 'the socket of the engine belongs to root and a group of this machine';
    return [...both, { what: 'capabilities', which: ['DAC_OVERRIDE'], because }];
  }
  return [
    ...both,
    { what: 'capabilities', which: 'default', because: 'jobs of its shell run in it, as another user' },
    { what: 'privileges', because: 'jobs of its shell may use sudo, as on any machine for builds' },
  ];
};

/** Jobs of its shell run in it; those of Docker have limits of their own. */
const most = ({ executor }: RunnerConfig): Most =>
  executor === 'shell' ? { memoryMib: 4096, cpus: 4 } : { memoryMib: 1024, cpus: 2 };

const calls = ({ door }: ForgeOffer): readonly Call[] =>
  door ? [{ to: door, because: 'it asks for jobs where they clone from' }] : [];

/**
 * The token is for its HEALTHCHECK alone. Jobs of a shell runner could read it in their parent's environment, so that
 * one gets none: its HEALTHCHECK sees the metrics alone, and the rest is seen by the prober.
 *
 * Started before it has a token, or before GitLab answers, a runner switches itself off for an hour: hence the gate.
 */
export const gitlabRunner = (config: Config, forge: ForgeOffer, runner: RunnerConfig): ServiceNode => ({
  kind: 'service',
  name: 'gitlab-runner',
  role: 'gitlab-runner',
  gates: [
    { node: 'runner-registration', until: 'done' },
    // It asks a bundled GitLab through the front door: where that cannot start, nobody waits for the runner.
    ...(forge.external ? [] : [{ node: 'nginx', until: 'started' } as const]),
  ],
  // No `ready` of its own: it takes jobs when GitLab takes it, which is what makes it usable.
  alive: METRICS_ANSWER,
  usable: {
    what: 'runner',
    metrics: METRICS,
    gitlab: forge.ref.target,
    token: forge.readToken,
    description: runner.description,
  } satisfies RunnerProbeSpec,
  ...(runner.executor === 'shell' ? { healthcheck: METRICS_ANSWER } : {}),
  readyWithinMs: 180_000,
  calls: calls(forge),
  ...strangers(forge, runner),
  needs: {
    memoryGib: 0.25,
    imageGib: 0.5,
    ...(runner.executor === 'docker' ? { alsoRuns: jobImages(imageNamed(config, 'gitlab-runner'), runner) } : {}),
  },
  container: {
    image: imageNamed(config, 'gitlab-runner'),
    environment: runner.executor === 'docker' ? { [forge.readToken]: { secret: forge.readToken } } : {},
    listens: [METRICS.port],
    publishes: {},
    volumes: [RUNNER_CONFIG_VOLUME, ...(runner.executor === 'docker' ? [DOCKER_SOCKET] : [])],
    aliases: [],
    allows: allows(runner),
    // Jobs of its shell count among them.
    most: most(runner),
    mostProcesses: 4096,
    // Jobs under way may end.
    stopGraceS: 30,
    trustsAuthority: true,
  },
});

/** The HEALTHCHECK of a service: its own readiness probe, run inside its container by the program from the volume. */
import { healthOf } from '../../stack/health.ts';
import { secretNames } from '../../stack/secret-names.ts';
import type { ProbeSpec, SecretName, ServiceNode, Stack, VolumeMount } from '../../stack/stack.ts';
import { wantedRunner } from '../../stack/variation.ts';
import { probeArguments } from '../probe-arguments.ts';
import type { ComposeBase, Settings } from './base.ts';
import type { Plain } from './text.ts';
import { TOOLS_TARGET } from './tools.ts';

const PROBE_TABLE: VolumeMount = {
  source: './healthchecks/probes.json',
  target: '/etc/chatops/probes.json',
  readOnly: true,
};

/**
 * What is asked inside the container. Jobs of a shell runner can read its environment, so no token is put there:
 * its HEALTHCHECK then sees the metrics alone, and the rest is seen by the prober.
 */
const askedInside = (service: ServiceNode, stack: Stack): ProbeSpec => {
  const health = healthOf(service);
  if (health.what !== 'runner' || wantedRunner(stack.config)?.executor !== 'shell') return health;
  return { what: 'http', target: { kind: 'service', endpoint: health.metrics }, path: '/metrics', status: 200 };
};

/** Secrets that the HEALTHCHECK reads, by name. */
export const healthSecrets = (service: ServiceNode, stack: Stack): readonly SecretName[] =>
  secretNames(askedInside(service, stack));

/** A composite reads its parts from the table of probes. */
export const healthVolumes = (service: ServiceNode): readonly VolumeMount[] =>
  healthOf(service).what === 'all-of' ? [PROBE_TABLE] : [];

/** A second less than Docker's: the probe itself says why it waited in vain, Docker would only say that it did. */
const ownTimeout = (settings: Settings): readonly string[] => {
  const seconds = /^(\d+)s$/.exec(String(settings.timeout))?.[1];
  return seconds === undefined || Number(seconds) < 2 ? [] : [`--timeout=${Number(seconds) - 1}s`];
};

/** Compose refuses a file with `start_interval` on an engine before 25.0 (2.26: "can't set healthcheck.start_interval"). */
const paced = (service: ServiceNode, { config }: Stack, { healthcheck }: ComposeBase): Settings => {
  const settings = { ...healthcheck.every, ...healthcheck.roles[service.role] };
  if (config.docker.startInterval) return settings;
  const { start_interval: _, ...known } = settings;
  return { ...known, ...healthcheck.older };
};

export const healthcheck = (service: ServiceNode, stack: Stack, base: ComposeBase): Plain => {
  const words = probeArguments(askedInside(service, stack)) ?? ['all', service.name, `--table=${PROBE_TABLE.target}`];
  const settings = paced(service, stack, base);
  return {
    test: ['CMD', `${TOOLS_TARGET}/chatops-probe`, ...words, ...ownTimeout(settings)],
    ...settings,
    // Failures count only after the time that the start may take.
    start_period: `${Math.ceil(service.readyWithinMs / 1000)}s`,
  };
};

/** The HEALTHCHECK of a service: its own readiness probe, run inside its container by the program from the volume. */
import { type ProbeKinds, secretsOf } from '../../contracts/probe-kinds.ts';
import { ALL, probeArguments } from '../../prober/write-words.ts';
import { healthcheckOf } from '../../stack/questions.ts';
import type { Pace, SecretName, ServiceNode, VolumeMount } from '../../stack/stack.ts';
import type { ComposeBase, ComposeSettings } from './base.ts';
import type { Plain } from './text.ts';
import { TOOLS_TARGET } from './tools.ts';

const PROBE_TABLE: VolumeMount = {
  source: './healthchecks/probes.json',
  target: '/etc/chatops/probes.json',
  readOnly: true,
};

/** Secrets that the HEALTHCHECK reads, by name. */
export const healthSecrets = (service: ServiceNode, probes: ProbeKinds): readonly SecretName[] =>
  secretsOf(probes, healthcheckOf(service));

/** A composite reads its parts from the table of probes. */
export const healthVolumes = (service: ServiceNode, probes: ProbeKinds): readonly VolumeMount[] =>
  probeArguments(probes, healthcheckOf(service)) === undefined ? [PROBE_TABLE] : [];

/** A second less than Docker's: the probe itself says why it waited in vain, Docker would only say that it did. */
const ownTimeout = (settings: ComposeSettings): readonly string[] => {
  const seconds = /^(\d+)s$/.exec(String(settings.timeout))?.[1];
  return seconds === undefined || Number(seconds) < 2 ? [] : [`--timeout=${Number(seconds) - 1}s`];
};

const asked = ({ timeoutS, retries, startIntervalS }: Pace): ComposeSettings => ({
  ...(timeoutS === undefined ? {} : { timeout: `${timeoutS}s` }),
  ...(retries === undefined ? {} : { retries }),
  ...(startIntervalS === undefined ? {} : { start_interval: `${startIntervalS}s` }),
});

/** Compose refuses a file with `start_interval` on an engine before 25.0 (2.26: "can't set healthcheck.start_interval"). */
const paced = ({ container }: ServiceNode, base: ComposeBase): ComposeSettings => {
  const settings = { ...base.healthcheck, ...asked(container.pace ?? {}) };
  if (base.older === undefined) return settings;
  const { start_interval: _, ...known } = settings;
  return { ...known, ...base.older };
};

export const healthcheck = (service: ServiceNode, base: ComposeBase, probes: ProbeKinds): Plain => {
  const fromTable = [ALL, service.name, `--table=${PROBE_TABLE.target}`];
  const words = probeArguments(probes, healthcheckOf(service)) ?? fromTable;
  const settings = paced(service, base);
  return {
    test: ['CMD', `${TOOLS_TARGET}/chatops-probe`, ...words, ...ownTimeout(settings)],
    ...settings,
    // Failures count only after the time that the start may take.
    start_period: `${Math.ceil(service.readyWithinMs / 1000)}s`,
  };
};

import type { Config } from '../../config/config.ts';
import type { TcpSpec } from '../../probes/tcp.ts';
import { LOOPBACK } from '../../stack/edges.ts';
import { JOBS_VOLUME } from '../../stack/names.ts';
import type { EnvironmentValue, SecretName, ServiceNode, VolumeMount } from '../../stack/stack.ts';
import { PROBER_PORT } from './port.ts';

const ON_LOOPBACK: TcpSpec = { what: 'tcp', endpoint: { service: LOOPBACK, port: PROBER_PORT } };

/**
 * Asks the probes of all other services from inside the network, so it needs the secrets that they name. Asked by the
 * engine what a job would do, it reads what jobs remember; the secrets of a job come with the question.
 * @param read volumes that jobs look into; it cannot write there
 */
export const prober = (config: Config, secrets: readonly SecretName[], read: readonly VolumeMount[]): ServiceNode => ({
  kind: 'service',
  name: 'prober',
  role: 'prober',
  gates: [],
  // It listens on no network: the engine runs it beside itself. On its own loopback it shows that it goes on.
  // Nothing stands between its process and its use.
  alive: ON_LOOPBACK,
  usable: ON_LOOPBACK,
  readyWithinMs: 60_000,
  needs: { memoryGib: 0.1, imageGib: 0.1 },
  // It serves those who look; the stack is proven with or without it.
  awaited: false,
  reachesInside: true,
  container: {
    image: config.images.tools,
    command: ['prober'],
    environment: Object.fromEntries(
      secrets.map((name): readonly [string, EnvironmentValue] => [name, { secret: name }]),
    ),
    listens: [],
    publishes: {},
    volumes: [
      { source: './healthchecks/probes.json', target: '/etc/chatops/probes.json', readOnly: true },
      { ...JOBS_VOLUME, readOnly: true },
      ...read.map((volume) => ({ ...volume, readOnly: true })),
    ],
    aliases: [],
    allows: [
      { what: 'user', because: 'what jobs remember, and the configuration of a runner, are for root alone' },
      {
        what: 'capabilities',
        which: ['DAC_OVERRIDE'],
        because: 'files of the stack directory belong to whom chatops-up was run by, and may be theirs alone',
      },
    ],
    init: true,
    // Asked by a process of its own for each run, which begins and answers on more than one thread: with one CPU it
    // stands still in half of its periods.
    most: { memoryMib: 512, cpus: 2 },
    trustsAuthority: true,
  },
});

import type { Config } from '../../config/config.ts';
import { PORTS } from '../names.ts';
import type { EnvironmentValue, SecretName, ServiceNode } from '../stack.ts';

/** Asks the probes of all other services from inside the network, so it needs the secrets that they name. */
export const prober = (config: Config, secrets: readonly SecretName[]): ServiceNode => ({
  kind: 'service',
  name: 'prober',
  role: 'prober',
  gates: [],
  ready: { what: 'tcp', endpoint: { service: 'prober', port: PORTS.prober } },
  readyWithinMs: 60_000,
  container: {
    image: config.images.tools,
    command: ['prober'],
    environment: Object.fromEntries(
      secrets.map((name): readonly [string, EnvironmentValue] => [name, { secret: name }]),
    ),
    listens: [PORTS.prober],
    publishes: {},
    volumes: [{ source: './healthchecks/probes.json', target: '/etc/chatops/probes.json', readOnly: true }],
    aliases: [],
  },
});

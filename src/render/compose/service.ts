import { healthOf } from '../../stack/health.ts';
import type { ServiceNode, Stack } from '../../stack/stack.ts';
import { probeText } from '../healthchecks.ts';
import type { RenderedFile } from '../renderer.ts';
import type { ComposeBase } from './base.ts';
import { healthcheck, healthSecrets, healthVolumes } from './healthcheck.ts';
import { filesLabel } from './mounted-files.ts';
import { dependsOn, environment, NETWORK, volumes } from './parts.ts';
import type { Plain } from './text.ts';
import { TOOLS, toolsMount } from './tools.ts';

const ports = ({ publishes }: ServiceNode['container']): Readonly<Record<string, Plain>> => {
  const lines = Object.entries(publishes).map(([inside, outside]) => `${outside}:${inside}`);
  return lines.length === 0 ? {} : { ports: lines };
};

const optional = ({ command, shmSizeMb }: ServiceNode['container']): Readonly<Record<string, Plain>> => ({
  ...(command ? { command } : {}),
  ...(shmSizeMb === undefined ? {} : { shm_size: `${shmSizeMb}m` }),
});

/** What the HEALTHCHECK reads is named beside what the program reads; a name that both use stands there once. */
const allEnvironment = (node: ServiceNode, stack: Stack) => ({
  ...Object.fromEntries(healthSecrets(node, stack).map((secret) => [secret, { secret }])),
  ...node.container.environment,
});

/** Of the table of probes its HEALTHCHECK reads only its own line. */
const ownProbes = (node: ServiceNode): readonly string[] =>
  healthVolumes(node).length === 0 ? [] : [probeText(healthOf(node))];

export const composeService = (
  node: ServiceNode,
  stack: Stack,
  base: ComposeBase,
  rendered: readonly RenderedFile[],
): Plain => {
  const { container, gates, role } = node;
  return {
    image: container.image,
    ...optional(container),
    ...base.every,
    ...base.service,
    ...base.roles[role],
    ...dependsOn([...gates, { node: TOOLS, until: 'done' }]),
    ...environment(allEnvironment(node, stack)),
    ...ports(container),
    ...filesLabel(container.volumes, rendered, ownProbes(node)),
    ...volumes([...container.volumes, ...healthVolumes(node), toolsMount]),
    networks: { [NETWORK]: container.aliases.length === 0 ? {} : { aliases: container.aliases } },
    healthcheck: healthcheck(node, stack, base),
  };
};

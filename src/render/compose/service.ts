import type { ProbeKinds } from '../../contracts/probe-kinds.ts';
import type { RenderedFile } from '../../contracts/renderer.ts';
import { healthcheckOf } from '../../stack/questions.ts';
import type { ServiceNode, Stack, VolumeMount } from '../../stack/stack.ts';
import { beforePort, isEverywhere } from '../../values/bind-address.ts';
import { probeText } from '../healthchecks.ts';
import type { ComposeBase } from './base.ts';
import { healthcheck, healthSecrets, healthVolumes } from './healthcheck.ts';
import { filesLabel } from './mounted-files.ts';
import { confinement, dependsOn, environment, networks, volumes } from './parts.ts';
import type { Plain } from './text.ts';
import { TOOLS, toolsMount } from './tools.ts';

/** Without an address an engine opens a port on all there are, IPv6 among them. */
const ports = ({ publishes }: ServiceNode['container'], { bind }: Stack): Readonly<Record<string, Plain>> => {
  const at = isEverywhere(bind) ? '' : `${beforePort(bind)}:`;
  const lines = Object.entries(publishes).map(([inside, outside]) => `${at}${outside}:${inside}`);
  return lines.length === 0 ? {} : { ports: lines };
};

const optional = ({ command, shmSizeMb }: ServiceNode['container']): Readonly<Record<string, Plain>> => ({
  ...(command ? { command } : {}),
  ...(shmSizeMb === undefined ? {} : { shm_size: `${shmSizeMb}m` }),
});

/** `90` → `90s`, `120` → `2m`, as Compose writes durations. */
const duration = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);

const processOf = ({ init, stopGraceS }: ServiceNode['container']): Readonly<Record<string, Plain>> => ({
  ...(init ? { init } : {}),
  ...(stopGraceS === undefined ? {} : { stop_grace_period: duration(stopGraceS) }),
});

/** What the HEALTHCHECK reads is named beside what the program reads; a name that both use stands there once. */
const allEnvironment = (node: ServiceNode, probes: ProbeKinds) => ({
  ...Object.fromEntries(healthSecrets(node, probes).map((secret) => [secret, { secret }])),
  ...node.container.environment,
});

/** Of the table of probes its HEALTHCHECK reads only its own line. */
const ownProbes = (node: ServiceNode, probes: ProbeKinds): readonly string[] =>
  healthVolumes(node, probes).length === 0 ? [] : [probeText(healthcheckOf(node))];

export const composeService = (
  node: ServiceNode,
  stack: Stack,
  probes: ProbeKinds,
  base: ComposeBase,
  rendered: readonly RenderedFile[],
  carried: readonly VolumeMount[],
): Plain => {
  const { container, gates } = node;
  return {
    image: container.image,
    ...optional(container),
    ...base.every,
    ...base.service,
    ...processOf(container),
    ...confinement(container),
    ...dependsOn([...gates, { node: TOOLS, until: 'done' }]),
    ...environment(allEnvironment(node, probes)),
    ...ports(container, stack),
    ...filesLabel([...container.volumes, ...carried], rendered, ownProbes(node, probes)),
    ...volumes([...container.volumes, ...healthVolumes(node, probes), ...carried, toolsMount]),
    ...networks(node.name, stack, container.aliases),
    healthcheck: healthcheck(node, base, probes),
  };
};

/** The volume that carries `chatops-probe` into every container, and the one-shot service that fills it. */
import { INSTALL_ALLOWS } from '../../stack/confinement.ts';
import type { Stack, VolumeMount } from '../../stack/stack.ts';
import type { ComposeBase } from './base.ts';
import { confinement } from './parts.ts';
import type { Plain } from './text.ts';

/** Name of the service in compose.yaml. */
export const TOOLS = 'tools';
export const TOOLS_TARGET = '/opt/chatops';

export const toolsMount: VolumeMount = { source: TOOLS, target: TOOLS_TARGET, readOnly: true };

/** The image's tag, or the beginning of its digest: what distinguishes one build of the tools from another. */
const versionOf = (image: string): string => {
  const digest = /@sha256:([0-9a-f]{12})/.exec(image)?.[1];
  const tag = /:([\w.-]+)$/.exec(image)?.[1];
  return digest ?? tag ?? 'latest';
};

/** A volume for each version: a running HEALTHCHECK never has its program replaced under it. */
export const toolsVolumeName = ({ name, toolsImage }: Stack): string => `${name}_tools-${versionOf(toolsImage)}`;

/** Every container that mounts the volume waits until this has run. */
export const toolsService = (stack: Stack, base: ComposeBase): Plain => ({
  image: stack.toolsImage,
  command: ['install', TOOLS_TARGET],
  ...base.every,
  ...base.job,
  ...confinement({ allows: INSTALL_ALLOWS }),
  network_mode: 'none',
  volumes: [{ type: 'volume', source: TOOLS, target: TOOLS_TARGET }],
});

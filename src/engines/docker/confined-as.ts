/** Limits and rights in one form, whether Compose wants them or a container has them. Pure. */
import type { ContainerLimits } from './compose.ts';

/** Engines write quotas in periods of their own. */
const THOUSANDTHS = 1_000;

const cpus = ({ cpu }: ContainerLimits): number =>
  cpu === undefined ? 0 : Math.round((cpu.quota / cpu.period) * THOUSANDTHS) / THOUSANDTHS;

export const limitsText = (limits: ContainerLimits): string =>
  `memory ${limits.memoryBytes ?? 0}, CPUs ${cpus(limits)}, processes ${limits.mostProcesses ?? 0}`;

/** Capabilities are left out: engines write out in ways of their own what is left of them. Compose's digest covers them. */
export const rightsText = ({ user = '', readOnly, securityOptions }: ContainerLimits): string =>
  `user ${user}, ${readOnly ? 'read-only' : 'writable'}${securityOptions.some((option) => option.startsWith('no-new-privileges')) ? ', no new privileges' : ''}`;

/** What a container has, without what the engine or the image set by itself where nothing was wanted. */
export const askedOf = (has: ContainerLimits, wanted: ContainerLimits | undefined): ContainerLimits => {
  const { user, mostProcesses, ...rest } = has;
  return {
    ...rest,
    ...(wanted?.user === undefined || user === undefined ? {} : { user }),
    ...(wanted?.mostProcesses === undefined || mostProcesses === undefined ? {} : { mostProcesses }),
  };
};

import { MOST } from '../../../stack/limits.ts';
import { servicesOf } from '../../../stack/services-of.ts';
import { sparedBy } from '../../../stack/spared-by.ts';
import { gib, type PreflightCheck, together } from './facts.ts';

const MIB_PER_GIB = 1024;
/** Below this part of it nothing ever gets ready. */
const HOPELESS = 0.25;

/** What a service takes in everyday use is more than it may: it would be killed for it, again and again. */
export const limitsLeaveEnough: PreflightCheck = ({ stack }) =>
  servicesOf(stack).flatMap(({ name, role, needs: { memoryGib }, container: { most = MOST } }) => {
    const needed = Math.floor(memoryGib * MIB_PER_GIB);
    if (most.memoryMib === 'none' || most.memoryMib >= needed) return [];
    return [
      {
        level: 'warning',
        code: 'MACHINE_UNFIT',
        what: `${name} may take ${most.memoryMib} MiB of memory`,
        why: `it takes about ${needed} MiB in everyday use, and is killed where it takes more than it may`,
        next: `raise \`limits.${role}.memory\` in chatops.yaml, or take it out`,
      },
    ];
  });

export const memoryIsEnough: PreflightCheck = ({ stack, memoryBytes }) => {
  const wanted = together(stack, ({ memoryGib }) => memoryGib);
  if (memoryBytes >= wanted || memoryBytes <= 0) return [];
  const level = memoryBytes < wanted * HOPELESS ? 'refusal' : 'warning';
  return [
    {
      level,
      code: 'MACHINE_UNFIT',
      what: `the engine has ${gib(memoryBytes)} of memory`,
      why: `the services of this stack take about ${gib(wanted)} together; what does not fit is swapped, slow, or killed`,
      next: ['give the machine (or Docker Desktop) more', ...sparedBy(stack)].join(', or '),
    },
  ];
};

/** Enough for every day, not for the first one. */
export const startHasRoom: PreflightCheck = ({ stack, memoryBytes, swapBytes }) => {
  const everyDay = together(stack, ({ memoryGib }) => memoryGib);
  const peak = together(stack, ({ peakGib = 0 }) => peakGib);
  if (swapBytes === undefined || memoryBytes < everyDay || memoryBytes + swapBytes >= everyDay + peak) return [];
  const greedy = servicesOf(stack).filter(({ needs }) => (needs.peakGib ?? 0) > 0);
  const has = swapBytes === 0 ? 'no swap' : `${gib(swapBytes)} of swap`;
  return [
    {
      level: 'warning',
      code: 'MACHINE_UNFIT',
      what: `this machine has ${gib(memoryBytes)} of memory and ${has}`,
      why: `${greedy.map(({ name }) => name).join(', ')} takes about ${gib(peak)} more for some minutes, at its first start and at every new version; the kernel kills what finds none`,
      next: `give it ${gib(everyDay + peak - memoryBytes - swapBytes)} of swap at least (\`fallocate\`, \`mkswap\`, \`swapon\`), or as much memory`,
    },
  ];
};

import { MOST } from '../../../stack/limits.ts';
import { servicesOf } from '../../../stack/services-of.ts';
import { sparedBy } from '../../../stack/spared-by.ts';
import { type Check, gib, together } from './facts.ts';

const MIB_PER_GIB = 1024;
/** Below this part of it nothing ever gets ready. */
const HOPELESS = 0.25;

/** What a service takes in everyday use is more than it may: it would be killed for it, again and again. */
export const limitsLeaveEnough: Check = ({ stack }) =>
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

export const memoryIsEnough: Check = ({ stack, memoryBytes }) => {
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

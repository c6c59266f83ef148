import { sparedBy } from '../../../stack/spared-by.ts';
import { type Check, gib, together } from './facts.ts';

/** Below this part of it nothing ever gets ready. */
const HOPELESS = 0.25;

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

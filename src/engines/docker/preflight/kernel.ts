import { servicesOf } from '../../../stack/services-of.ts';
import { isTroubled } from '../kernel.ts';
import type { PreflightCheck } from './facts.ts';

const variablesOf = (remedy: Readonly<Record<string, string>>): string =>
  Object.entries(remedy)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

export const kernelIsFit: PreflightCheck = ({ stack, engine }) => {
  const troubles = servicesOf(stack).flatMap(({ needs, container }) =>
    needs.kernel && isTroubled(engine.kernel, needs.kernel) ? [{ ...needs.kernel, image: container.image }] : [],
  );
  // Members of a replica set all run the same.
  const once = [...new Map(troubles.map((each) => [each.image, each])).values()];
  return once.map(({ image, why, remedy, next }) => ({
    level: 'warning',
    code: 'MACHINE_UNFIT',
    what: `the engine runs on Linux ${engine.kernel}`,
    why,
    next: `${image} is started with ${variablesOf(remedy)}: ${next}`,
  }));
};

import { servicesOf } from '../../../stack/services-of.ts';
import { architectureOf } from '../../../tools-image/architecture.ts';
import type { PreflightCheck } from './facts.ts';

export const cpuIsFit: PreflightCheck = ({ stack, architecture, cpuFlags }) => {
  if (architectureOf(architecture) !== 'amd64' || cpuFlags === undefined) return [];
  const wanted = servicesOf(stack).flatMap(({ needs }) => (needs.cpu ? [needs.cpu] : []));
  const lacking = wanted.filter(({ flag }) => !cpuFlags.has(flag));
  // Members of a replica set all want the same.
  const once = [...new Map(lacking.map((each) => [each.flag, each])).values()];
  return once.map(({ flag, why, next }) => ({
    level: 'refusal',
    code: 'MACHINE_UNFIT',
    what: `this machine's CPU lacks ${flag.toUpperCase()}`,
    why,
    next,
  }));
};

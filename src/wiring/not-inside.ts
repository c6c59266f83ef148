/** What containers cannot do for this stack: the tools image holds our own parts alone. */
import { buildStack } from '../stack/build-stack.ts';
import type { Desired } from '../stages/world.ts';
import { PARTS } from './parts.ts';

/** @returns jobs and kinds of probes that parts of others bring along, as `job wiki-setup`; empty: containers will do */
export const notInside = ({ config, stack, house }: Pick<Desired, 'config' | 'stack' | 'house'>): readonly string[] => {
  const others = house.parts.filter((part) => !PARTS.includes(part));
  if (others.length === 0) return [];
  const own = new Set(buildStack(config, { ...house, parts: PARTS }).nodes.map(({ name }) => name));
  const jobs = stack.nodes.filter(({ kind, name }) => kind === 'job' && !own.has(name));
  return [
    ...jobs.map(({ name }) => `job ${name}`),
    ...others.flatMap(({ probes = [] }) => probes.map(({ what }) => `probe ${what}`)),
  ];
};

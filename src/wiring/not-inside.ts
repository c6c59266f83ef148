/** What containers cannot do for this stack: they run our own parts, and those whose code is carried to them. */
import type { Part } from '../contracts/part.ts';
import { buildStack } from '../stack/build-stack.ts';
import type { Desired } from '../stages/world.ts';
import { PARTS } from './parts.ts';

const runsSomething = ({ jobs, probes = [], spoken }: Part): boolean =>
  jobs !== undefined || probes.length > 0 || spoken !== undefined;

/** @returns jobs, kinds of probes and chats that parts of others bring along, as `job wiki-setup`; empty: containers will do */
export const notInside = ({ config, stack, house }: Pick<Desired, 'config' | 'stack' | 'house'>): readonly string[] => {
  const others = house.parts.filter(
    (part) => !PARTS.includes(part) && runsSomething(part) && !house.carried?.parts.includes(part.name),
  );
  if (others.length === 0) return [];
  const inside = house.parts.filter((part) => !others.includes(part));
  const own = new Set(buildStack(config, { ...house, parts: inside }).nodes.map(({ name }) => name));
  const jobs = stack.nodes.filter(({ kind, name }) => kind === 'job' && !own.has(name));
  return [
    ...jobs.map(({ name }) => `job ${name}`),
    ...others.flatMap(({ probes = [] }) => probes.map(({ what }) => `probe ${what}`)),
    ...others.flatMap(({ spoken }) => (spoken === undefined ? [] : [`chat ${spoken.name}`])),
  ];
};

/** What the parts of a house add to chatops.yaml, in their order. */
import { type Additions, NO_ADDITIONS } from '../config/additions.ts';
import type { House } from '../contracts/house.ts';

type Parts = House['parts'];

/** A schema is made from it once, so that the same parts must give the same additions. */
const known = new WeakMap<Parts, Additions>();

const fold = (parts: Parts): Additions => {
  const sections = parts.flatMap(({ section }) => (section === undefined ? [] : [section]));
  const images = Object.fromEntries(parts.flatMap((part) => Object.entries(part.images ?? {})));
  const timed = parts.flatMap((part) => part.timed ?? []);
  const isNothing = sections.length + Object.keys(images).length + timed.length === 0;
  return isNothing ? NO_ADDITIONS : { sections, images, timed };
};

export const additionsOf = (parts: Parts): Additions => {
  const additions = known.get(parts) ?? fold(parts);
  known.set(parts, additions);
  return additions;
};

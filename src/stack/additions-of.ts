/** What the parts of a house add to chatops.yaml, in their order. */
import { type Additions, NO_ADDITIONS } from '../config/additions.ts';
import { inKeyOrder } from '../config/key-order.ts';
import type { Section } from '../config/section.ts';
import type { House } from '../contracts/house.ts';
import type { Part } from '../contracts/part.ts';

type Adding = Pick<House, 'parts' | 'order'>;

/** A schema is made from it once, so that the same parts must give the same additions. */
const known = new WeakMap<Adding['parts'], Additions>();

/** @param parts of the house that it is in */
export const sectionsOf = ({ section = [], together }: Part, parts: readonly Part[]): readonly Section[] =>
  [section, together?.(parts).section ?? []].flat();

const merged = <T>(parts: Adding['parts'], of: (part: Part) => Readonly<Record<string, T>> | undefined) =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(of(part) ?? {})));

const fold = ({ parts, order = NO_ADDITIONS.order }: Adding): Additions => ({
  sections: inKeyOrder(
    parts.flatMap((part) => sectionsOf(part, parts)),
    ({ key }) => key,
    order.file,
  ),
  images: merged(parts, ({ images }) => images),
  timed: inKeyOrder(
    parts.flatMap(({ timed = [] }) => timed),
    (name) => name,
    order.timeouts,
  ),
  limited: inKeyOrder(
    parts.flatMap(({ limited = [] }) => limited),
    (name) => name,
    order.timeouts,
  ),
  ports: merged(parts, ({ ports }) => ports),
  rules: parts.flatMap(({ rules = [], together }) => [...(together?.(parts).rules ?? []), ...rules]),
  order,
});

export const additionsOf = (house: Adding): Additions => {
  const additions = known.get(house.parts) ?? fold(house);
  known.set(house.parts, additions);
  return additions;
};

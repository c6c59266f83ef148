/** What the parts of a house add to chatops.yaml, in their order. */
import { type Additions, NO_ADDITIONS } from '../config/additions.ts';
import { inKeyOrder } from '../config/key-order.ts';
import type { Rule } from '../config/rules/rule.ts';
import type { Section } from '../config/section.ts';
import type { House } from '../contracts/house.ts';
import type { Part } from '../contracts/part.ts';

type Adding = Pick<House, 'parts' | 'order'>;

/** A schema is made from it once, so that the same parts must give the same additions. */
const known = new WeakMap<Adding['parts'], Additions>();

interface Asked {
  readonly sections: readonly Section[];
  readonly rules: readonly Rule[];
}

/** What chatops.yaml may say because of a part. @param parts of the house that it is in */
export const askedBy = ({ section = [], rules = [], together }: Part, parts: readonly Part[]): Asked => {
  const joint = together?.(parts);
  return { sections: [section, joint?.section ?? []].flat(), rules: [...(joint?.rules ?? []), ...rules] };
};

const merged = <T>(parts: Adding['parts'], of: (part: Part) => Readonly<Record<string, T>> | undefined) =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(of(part) ?? {})));

const fold = ({ parts, order = NO_ADDITIONS.order }: Adding): Additions => {
  const asked = parts.map((part) => askedBy(part, parts));
  return {
    sections: inKeyOrder(
      asked.flatMap(({ sections }) => sections),
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
    rules: asked.flatMap(({ rules }) => rules),
    order,
  };
};

export const additionsOf = (house: Adding): Additions => {
  const additions = known.get(house.parts) ?? fold(house);
  known.set(house.parts, additions);
  return additions;
};

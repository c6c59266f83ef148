/** What chatops.yaml may hold beside what the core knows: the parts of a house add it. */
import type { Config } from './config.ts';
import type { KeyOrder } from './key-order.ts';
import type { PortSpec } from './port-spec.ts';
import type { Rule } from './rules/rule.ts';
import type { Section } from './section.ts';

export interface Additions {
  /** In the order in which editors show them, and in which they are completed. */
  readonly sections: readonly Section[];
  /** Name under `images:` → its image. */
  readonly images: Readonly<Record<string, ImageSpec>>;
  /** Names that may stand under `timeouts:`. */
  readonly timed: readonly string[];
  /** Names that may stand under `limits:`. */
  readonly limited: readonly string[];
  /** Name under `ports:` → its port. */
  readonly ports: Readonly<Record<string, PortSpec>>;
  /** What holds between places of several sections. */
  readonly rules: readonly Rule[];
  /** How keys are ordered. */
  readonly order: KeyOrder;
}

export interface ImageSpec {
  /** Default, pinned to a version: `example/wiki:2.1`. */
  readonly reference: string;
  /** Completes "Image of …": `the wiki`. */
  readonly about: string;
  /**
   * What fits the rest of the file, where none is named; pinned too. Pure. Default: `reference`.
   * @param config sections, complete; images as far as the parts before it bring them
   */
  fitting?(config: Pick<Config, 'sections' | 'images'>): string;
}

export const NO_ADDITIONS: Additions = {
  sections: [],
  images: {},
  timed: [],
  limited: [],
  ports: {},
  rules: [],
  order: { file: [], images: [], timeouts: [] },
};

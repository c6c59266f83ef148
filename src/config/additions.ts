/** What chatops.yaml may hold beside what the core knows: the parts of a house add it. */
import type { Section } from './section.ts';

export interface Additions {
  /** In the order in which editors show them. */
  readonly sections: readonly Section[];
  /** Name under `images:` → its image. */
  readonly images: Readonly<Record<string, ImageSpec>>;
  /** Names that may stand under `timeouts:`. */
  readonly timed: readonly string[];
}

export interface ImageSpec {
  /** Default, pinned to a version: `example/wiki:2.1`. */
  readonly reference: string;
  /** Completes "Image of …": `the wiki`. */
  readonly about: string;
}

export const NO_ADDITIONS: Additions = { sections: [], images: {}, timed: [] };

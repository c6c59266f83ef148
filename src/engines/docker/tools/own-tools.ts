/** Our own image: made on the engine from an installed package, as no registry has it. */

import { architectureOf } from '../../../tools-image/architecture.ts';
import { CONTENT_LABEL, contentOf } from '../../../tools-image/description.ts';
import type { ToolsPackages } from '../../../tools-image/tools-package.ts';
import type { ImageFacts } from '../containers.ts';

export interface OwnTools {
  /** The name that is ours to make: `chatops-up/tools:0.1.0`. Any other is fetched like the rest. */
  readonly reference: string;
  readonly packages: ToolsPackages;
}

/**
 * Whether an image is the one that is wanted under this name. One of ours is when it was made from the package that is
 * installed for its CPU; without that package there is nothing to compare it with.
 */
export const isCurrent = (reference: string, { labels, architecture }: ImageFacts, own: OwnTools): boolean => {
  if (reference !== own.reference) return true;
  const known = architectureOf(architecture);
  const found = known && own.packages.find(known);
  return found === undefined || labels[CONTENT_LABEL] === contentOf(found.description);
};

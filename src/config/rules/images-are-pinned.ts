import type { Additions } from '../additions.ts';
import { DEFAULT_TOOLS_IMAGE } from '../defaults.ts';
import type { Finding } from '../finding.ts';
import { isPinned } from '../image-reference.ts';
import type { Path } from '../path.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** Servers and their databases drift apart under floating tags, and some refuse jumps over required stops. */
export const imagesArePinned = (images: Additions['images']): Rule => {
  const [example = DEFAULT_TOOLS_IMAGE] = Object.values(images).map(({ reference }) => reference);
  return {
    name: 'images-are-pinned',
    // An image that was refused is the (pinned) default by now: nothing it reads can be missing.
    reads: [],
    check: ({ config, written }) =>
      written.images?.allowFloating === true
        ? []
        : Object.entries(config.images).flatMap(([name, reference]) => floating(['images', name], reference, example)),
  };
};

/** Nothing where the image is pinned. @param path where it stands. @param example one that is pinned */
export const floating = (path: Path, reference: string, example: string): readonly Finding[] =>
  isPinned(reference)
    ? []
    : [
        {
          path,
          message: `${show(reference)} may be another version tomorrow`,
          fix: `name a version down to the minor (as in ${example}) or a digest, or set \`images.allowFloating: true\``,
        },
      ];

import type { ImageName } from '../config.ts';
import { imageVersion, parseImageReference } from '../image-reference.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** A version down to the minor, a build number or a digest: what is pulled tomorrow is of the same line as today. */
const isPinned = (reference: string): boolean => {
  const { tag = '', digest } = parseImageReference(reference);
  return digest !== undefined || imageVersion(reference) !== undefined || /[0-9]{6,}|\b[0-9a-f]{7,}\b/.test(tag);
};

/**
 * Rocket.Chat and MongoDB drift apart under `latest` and `8`, GitLab refuses jumps over its required stops.
 * The image jobs run in is the jobs' business: a warning.
 */
export const imagesArePinned: Rule = {
  name: 'images-are-pinned',
  // An image that was refused is the (pinned) default by now: nothing it reads can be missing.
  reads: [],
  check: ({ config, written }) => {
    if (written.images?.allowFloating === true) return [];
    const services = (Object.keys(config.images) as ImageName[])
      .filter((name) => !isPinned(config.images[name]))
      .map((name) => ({ path: ['images', name], ...floating(config.images[name]) }));
    const jobs = config.runner === undefined || isPinned(config.runner.image) ? [] : [floating(config.runner.image)];
    return [...services, ...jobs.map((said) => ({ path: ['runner', 'image'], ...said, warning: true }))];
  },
};

const floating = (reference: string): { readonly message: string; readonly fix: string } => ({
  message: `${show(reference)} may be another version tomorrow`,
  fix: 'name a version down to the minor (as in mongo:8.0) or a digest, or set `images.allowFloating: true`',
});

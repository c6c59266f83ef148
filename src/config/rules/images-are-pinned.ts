import { isPinned } from '../image-reference.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

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
    const services = Object.entries(config.images)
      .filter(([, reference]) => !isPinned(reference))
      .map(([name, reference]) => ({ path: ['images', name], ...floating(reference) }));
    const jobs = config.runner === undefined || isPinned(config.runner.image) ? [] : [floating(config.runner.image)];
    return [...services, ...jobs.map((said) => ({ path: ['runner', 'image'], ...said, warning: true }))];
  },
};

const floating = (reference: string): { readonly message: string; readonly fix: string } => ({
  message: `${show(reference)} may be another version tomorrow`,
  fix: 'name a version down to the minor (as in mongo:8.0) or a digest, or set `images.allowFloating: true`',
});

import { floating } from '../../../config/rules/images-are-pinned.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';

/** The image jobs run in is the jobs' business: a warning. */
export const runnerImageIsPinned: Rule = {
  name: 'runner-image-is-pinned',
  reads: [],
  check: ({ config, written }) => {
    const runner = sectionOf(config, RUNNER);
    if (runner === undefined || written.images?.allowFloating === true) return [];
    return floating(['runner', 'image'], runner.image, 'mongo:8.0').map((said) => ({ ...said, warning: true }));
  },
};

import { browsersOpen } from '../../../config/rules/blocked-port.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';

export const gitlabUrlOpens: Rule = {
  name: 'gitlab-url-opens',
  reads: ['gitlab.url'],
  check: ({ config }) => browsersOpen(['gitlab', 'url'], sectionOf(config, FORGE).url),
};

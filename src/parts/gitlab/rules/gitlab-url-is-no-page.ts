import type { Rule } from '../../../config/rules/rule.ts';
import { installedAt } from '../../../config/rules/server-address.ts';
import { sectionOf } from '../../../config/section.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';

/** Of those that no group can be called, the ones that lead to pages (GitLab docs, "Reserved project and group names"). */
const PAGES = new Set(
  '- admin api assets dashboard explore groups health_check help import jwt login oauth profile projects public search snippets uploads users v2'.split(
    ' ',
  ),
);

export const gitlabUrlIsNoPage: Rule = {
  name: 'gitlab-url-is-no-page',
  reads: ['gitlab.url'],
  check: ({ config }) => installedAt(['gitlab', 'url'], sectionOf(config, FORGE).url, PAGES),
};

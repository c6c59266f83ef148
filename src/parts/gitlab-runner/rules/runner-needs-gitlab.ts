import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';

export const runnerNeedsGitLab: Rule = {
  name: 'runner-needs-gitlab',
  reads: ['gitlab.kind', 'runner'],
  check: ({ config }) =>
    sectionOf(config, FORGE).kind === 'none' && sectionOf(config, RUNNER) !== undefined
      ? [
          {
            path: ['runner'],
            message: 'a runner without a GitLab has nothing to run',
            fix: 'remove `runner`, or let there be a GitLab',
          },
        ]
      : [],
};

import type { Rule } from './rule.ts';

export const runnerNeedsGitLab: Rule = {
  name: 'runner-needs-gitlab',
  reads: ['gitlab.kind', 'runner'],
  check: ({ config: { gitlab, runner } }) =>
    gitlab.kind === 'none' && runner !== undefined
      ? [
          {
            path: ['runner'],
            message: 'a runner without a GitLab has nothing to run',
            fix: 'remove `runner`, or let there be a GitLab',
          },
        ]
      : [],
};

import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';

/** GitLab answers 400 to a runner that takes no untagged jobs and has no tags. */
export const runnerTakesJobs: Rule = {
  name: 'runner-takes-jobs',
  reads: ['runner.tags', 'runner.runUntagged'],
  check: ({ config }) => {
    const runner = sectionOf(config, RUNNER);
    if (runner === undefined || runner.runUntagged || runner.tags.length > 0) return [];
    const fix = 'add a tag, or set `runUntagged: true`';
    return [{ path: ['runner', 'runUntagged'], message: 'without tags it would never take a job', fix }];
  },
};

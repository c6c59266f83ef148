import type { Rule } from './rule.ts';

/** GitLab answers 400 to a runner that takes no untagged jobs and has no tags. */
export const runnerTakesJobs: Rule = {
  name: 'runner-takes-jobs',
  reads: ['runner.tags', 'runner.runUntagged'],
  check: ({ config: { runner } }) => {
    if (runner === undefined || runner.runUntagged || runner.tags.length > 0) return [];
    const fix = 'add a tag, or set `runUntagged: true`';
    return [{ path: ['runner', 'runUntagged'], message: 'without tags it would never take a job', fix }];
  },
};

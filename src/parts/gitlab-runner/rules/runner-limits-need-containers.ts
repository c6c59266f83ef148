import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';

/** A shell has none of these limits: what was written would be believed and do nothing. */
export const runnerLimitsNeedContainers: Rule = {
  name: 'runner-limits-need-containers',
  reads: ['runner.executor', 'runner.jobs'],
  check: ({ config }) => {
    const runner = sectionOf(config, RUNNER);
    if (runner?.executor !== 'shell' || Object.keys(runner.jobs).length === 0) return [];
    const message = 'jobs of a shell run in no container, so that nothing limits them';
    return [{ path: ['runner', 'jobs'], message, fix: 'take `jobs` out, or set `executor: docker`' }];
  },
};

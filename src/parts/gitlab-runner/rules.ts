import type { Rule } from '../../config/rules/rule.ts';
import { runnerFitsGitLab } from './rules/runner-fits-gitlab.ts';
import { runnerImageIsPinned } from './rules/runner-image-is-pinned.ts';
import { runnerLimitsNeedContainers } from './rules/runner-limits-need-containers.ts';
import { runnerNeedsGitLab } from './rules/runner-needs-gitlab.ts';
import { runnerScopeNamesOne } from './rules/runner-scope-names-one.ts';
import { runnerTagsNameEachOnce } from './rules/runner-tags-name-each-once.ts';
import { runnerTakesJobs } from './rules/runner-takes-jobs.ts';

export const runnerRules: readonly Rule[] = [
  runnerFitsGitLab,
  runnerImageIsPinned,
  runnerLimitsNeedContainers,
  runnerNeedsGitLab,
  runnerScopeNamesOne,
  runnerTagsNameEachOnce,
  runnerTakesJobs,
];

import { namedTwice } from '../../../config/rules/named-twice.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';

export const runnerTagsNameEachOnce: Rule = {
  name: 'runner-tags-name-each-once',
  reads: ['runner.tags'],
  check: ({ config }) => namedTwice(['runner', 'tags'], sectionOf(config, RUNNER)?.tags ?? []),
};

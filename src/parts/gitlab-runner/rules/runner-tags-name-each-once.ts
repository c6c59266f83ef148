import { namedTwice } from '../../../config/rules/named-twice.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';

export const runnerTagsNameEachOnce: Rule = {
  name: 'runner-tags-name-each-once',
  // All such rules look at the same: none speaks while one of these lists could not be read.
  reads: [
    'chat.rooms.members',
    'chat.users.roles',
    'gitlab.announce.events',
    'gitlab.announce.branches',
    'runner.tags',
  ],
  check: ({ config }) => namedTwice(['runner', 'tags'], sectionOf(config, RUNNER)?.tags ?? []),
};

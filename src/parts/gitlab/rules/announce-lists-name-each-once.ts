import { namedTwice } from '../../../config/rules/named-twice.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';

export const announceListsNameEachOnce: Rule = {
  name: 'announce-lists-name-each-once',
  // All such rules look at the same: none speaks while one of these lists could not be read.
  reads: [
    'chat.rooms.members',
    'chat.users.roles',
    'gitlab.announce.events',
    'gitlab.announce.branches',
    'runner.tags',
  ],
  check: ({ config }) =>
    sectionOf(config, FORGE).announce.flatMap(({ events, branches = [] }, index) => [
      ...namedTwice(['gitlab', 'announce', index, 'events'], events),
      ...namedTwice(['gitlab', 'announce', index, 'branches'], branches),
    ]),
};

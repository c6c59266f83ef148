import { namedTwice } from '../../../config/rules/named-twice.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';

export const announceListsNameEachOnce: Rule = {
  name: 'announce-lists-name-each-once',
  reads: ['gitlab.announce.events', 'gitlab.announce.branches'],
  check: ({ config }) =>
    sectionOf(config, FORGE).announce.flatMap(({ events, branches = [] }, index) => [
      ...namedTwice(['gitlab', 'announce', index, 'events'], events),
      ...namedTwice(['gitlab', 'announce', index, 'branches'], branches),
    ]),
};

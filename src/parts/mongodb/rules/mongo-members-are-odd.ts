import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { DATABASE } from '../../../contracts/sections/database.ts';

/**
 * An even set works (and is passed through when a set grows or shrinks by one voter), so it is a warning:
 * it survives no more lost members than the odd set below it, and two survive none.
 */
export const mongoMembersAreOdd: Rule = {
  name: 'mongo-members-are-odd',
  reads: [],
  check: ({ config }) => {
    const { members } = sectionOf(config, DATABASE);
    return members % 2 === 1
      ? []
      : [
          {
            path: ['mongo', 'members'],
            message: `a set of ${members} voters survives no more failures than one of ${members - 1}`,
            fix: `set ${members + 1}`,
            warning: true,
          },
        ];
  },
};

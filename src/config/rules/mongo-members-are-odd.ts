import type { Rule } from './rule.ts';

/**
 * An even set works (and is passed through when a set grows or shrinks by one voter), so it is a warning:
 * it survives no more lost members than the odd set below it, and two survive none.
 */
export const mongoMembersAreOdd: Rule = {
  name: 'mongo-members-are-odd',
  reads: [],
  check: ({ config: { mongo } }) =>
    mongo.members % 2 === 1
      ? []
      : [
          {
            path: ['mongo', 'members'],
            message: `a set of ${mongo.members} voters survives no more failures than one of ${mongo.members - 1}`,
            fix: `set ${mongo.members + 1}`,
            warning: true,
          },
        ],
};

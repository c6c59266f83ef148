import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf, writtenIn } from '../../../config/section.ts';
import { DATABASE } from '../../../contracts/sections/database.ts';
import { mongoSection } from '../section.ts';

/** The members of an existing set are its owner's: a number here would be read by nobody. */
export const mongoExternalHasNoMembers: Rule = {
  name: 'mongo-external-has-no-members',
  reads: ['mongo.kind', 'mongo.members', 'mongo.set'],
  check: ({ config, written }) =>
    sectionOf(config, DATABASE).kind === 'bundled'
      ? []
      : (['set', 'members'] as const)
          .filter((key) => writtenIn(written, mongoSection)?.[key] !== undefined)
          .map((key) => ({
            path: ['mongo', key],
            message: `\`${key}\` is for a set of ours, and kind is \`external\``,
            fix: `remove \`${key}\`, or set \`kind: bundled\``,
          })),
};

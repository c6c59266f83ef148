import type { Rule } from '../../../config/rules/rule.ts';
import { writtenIn } from '../../../config/section.ts';
import { runnerSection } from '../section.ts';

export const runnerScopeNamesOne: Rule = {
  name: 'runner-scope-names-one',
  reads: ['runner.scope'],
  check: ({ written }) => {
    const runner = writtenIn(written, runnerSection);
    const scope = typeof runner === 'object' ? runner.scope : undefined;
    if (typeof scope !== 'object' || (scope.project === undefined) !== (scope.group === undefined)) return [];
    return [
      {
        path: ['runner', 'scope'],
        message: `names ${scope.project === undefined ? 'neither a project nor a group' : 'a project and a group'}`,
        fix: 'keep exactly one of `project` and `group`, or write `scope: instance`',
      },
    ];
  },
};

import { type CheckDeps, type Checks, type MakeChecks, passed } from '../../contracts/check.ts';
import { requireRunner } from '../../contracts/require-runner.ts';

const takesJobs: MakeChecks = (deps: CheckDeps) =>
  deps.stack.offers.runner === undefined
    ? []
    : [
        {
          area: 'gitlab',
          name: 'runner takes jobs',
          run: async (signal) => {
            const { id, description } = await requireRunner(deps, signal);
            return passed(`runner ${id} (${description}) is not paused`);
          },
        },
      ];

export const runnerChecks: Checks = { settled: [takesJobs] };

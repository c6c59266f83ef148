/** The files that chatops.yaml names are looked at before anything is written or started. */
import { ConfigError, type ConfigProblem } from '../config/problem.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Files } from '../contracts/files.ts';
import { judgeNamedFiles, namedFiles } from '../stack/named-files.ts';
import { emitWarnings } from './run-outcome.ts';
import type { Desired, World } from './world.ts';

/** @returns what is doubtful about them. @throws ConfigError CONFIG_INVALID with every problem found */
export const requireNamedFiles = async (
  { config, stack, judge }: Desired,
  { files, clock }: { readonly files: Pick<Files, 'readNamed'>; readonly clock: Pick<Clock, 'date'> },
): Promise<readonly ConfigProblem[]> => {
  const read = await Promise.all(
    namedFiles(config).map(async (named) => ({ ...named, ...(await files.readNamed(named.file)) })),
  );
  return judge(
    judgeNamedFiles(
      read,
      stack.hosts.map(({ name }) => name),
      clock.date(),
    ),
  );
};

export const problemLines = (problems: readonly ConfigProblem[]): readonly string[] =>
  problems.map(({ path, message }) => `${path}: ${message}`);

/** Reports everything that is wrong with them, also what a run would refuse: to look at a stack needs none of them. */
export const warnOfNamedFiles = async (desired: Desired, world: World): Promise<void> => {
  const problems = await requireNamedFiles(desired, world).catch((thrown: unknown) => {
    if (thrown instanceof ConfigError) return thrown.problems;
    throw thrown;
  });
  emitWarnings('chatops.yaml', problemLines(problems), world);
};

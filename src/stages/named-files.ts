/** The files that chatops.yaml names are looked at before anything is written or started. */
import type { ConfigProblem } from '../config/problem.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Files } from '../contracts/files.ts';
import { judgeNamedFiles, namedFiles } from '../stack/named-files.ts';
import type { Desired } from './world.ts';

/** @returns what is doubtful about them. @throws ConfigError CONFIG_INVALID with every problem found */
export const requireNamedFiles = async (
  { config, judge }: Desired,
  { files, clock }: { readonly files: Pick<Files, 'readNamed'>; readonly clock: Pick<Clock, 'date'> },
): Promise<readonly ConfigProblem[]> => {
  const read = await Promise.all(
    namedFiles(config).map(async (named) => ({ ...named, ...(await files.readNamed(named.file)) })),
  );
  return judge(judgeNamedFiles(read, config, clock.date()));
};

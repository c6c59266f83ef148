/** The files that chatops.yaml names are looked at before anything is written or started. */
import { ConfigError } from '../config/problem.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import { judgeNamedFiles, namedFiles } from '../stack/named-files.ts';
import type { Desired } from './world.ts';

/** @returns what is doubtful about them. @throws ConfigError CONFIG_INVALID with every problem found */
export const requireNamedFiles = async (
  { config, placed }: Desired,
  { files, clock }: { readonly files: Pick<Files, 'readNamed'>; readonly clock: Pick<Clock, 'date'> },
): Promise<readonly string[]> => {
  const read = await Promise.all(
    namedFiles(config).map(async (named) => ({ ...named, ...(await files.readNamed(named.file)) })),
  );
  const findings = judgeNamedFiles(read, config, clock.date());
  const wrong = findings.filter(({ warning }) => warning !== true);
  if (wrong.length > 0) throw new ConfigError('chatops.yaml', wrong.map(placed));
  return findings.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

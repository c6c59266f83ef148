/** Where a PostgreSQL of this machine is: distributions keep the server's programs off PATH. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram } from '../../../adapters/find-program.ts';

/** Debian's and Ubuntu's packages: a folder a major version. */
const BY_MAJOR = '/usr/lib/postgresql';

const newestIn = (folder: string): string | undefined => {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((major) => join(folder, major, 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')));
};

/**
 * The folder of `postgres` and `initdb`: of the program that CHATOPS_POSTGRES names (empty: none), else of the first
 * `postgres` on PATH, else of the newest packaged one. Links are followed, as `initdb` stands beside the program itself.
 * @throws ChatopsError USAGE when the variable names something that cannot be run
 */
export const findPostgres = (
  env: Readonly<Record<string, string | undefined>>,
  packaged = BY_MAJOR,
): string | undefined => {
  if (env.CHATOPS_POSTGRES === '') return undefined;
  const program = findProgram('postgres', 'CHATOPS_POSTGRES', env);
  return program === undefined ? newestIn(packaged) : dirname(realpathSync(program));
};

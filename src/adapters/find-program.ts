import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { ChatopsError } from '../errors/chatops-error.ts';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * A real program: the one `variable` names (empty: none, whatever PATH has), else the first on PATH.
 * @throws ChatopsError USAGE when the variable names something that cannot be run
 */
export const findProgram = (
  name: string,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined => {
  const named = env[variable];
  if (named === '') return undefined;
  if (named !== undefined) {
    if (isAbsolute(named) && isExecutable(named)) return named;
    throw new ChatopsError('USAGE', {
      what: `${variable} names no program that can be run`,
      why: named,
      next: `give the absolute path of ${name}, or set ${variable} to nothing to use the stand-in`,
    });
  }
  return (env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find(isExecutable);
};

/** Who plays which role: our stand-ins, or the real program where one is at hand. */
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { ServerFactory } from '@chatops-up/standins';
import { createFrontDoorStandin } from '@chatops-up/standins/front-door';
import { createGitLabStandin } from '@chatops-up/standins/gitlab';
import { createMongodStandin } from '@chatops-up/standins/mongod';
import { createRocketChatStandin } from '@chatops-up/standins/rocketchat';
import { createRunnerStandin } from '@chatops-up/standins/runner';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { createRealMongod } from './real-mongod.ts';
import { createRealNginx } from './real-nginx.ts';

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

export const choosePlayers = (
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, ServerFactory>> => {
  const mongod = findProgram('mongod', 'CHATOPS_MONGOD', env);
  const nginx = findProgram('nginx', 'CHATOPS_NGINX', env);
  return {
    mongo: mongod === undefined ? createMongodStandin : (context) => createRealMongod(mongod, context),
    rocketchat: createRocketChatStandin,
    gitlab: createGitLabStandin,
    'gitlab-runner': createRunnerStandin,
    nginx: nginx === undefined ? createFrontDoorStandin : (context) => createRealNginx(nginx, context),
  };
};

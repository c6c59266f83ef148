/** Reads: the file, whether its token lives, and only when it does not, the runners of our description. */

import type { Forge } from '../../../contracts/forge.ts';
import type { ForgeRunner, RunnerScope } from '../../../contracts/forge-runners.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { Secret } from '../../../values/secret.ts';
import type { RunnerConfigFile } from '../runner-config.ts';
import { meansTheSame, readRegistration } from './config-toml.ts';
import type { FileSeen, RunnerSeen } from './model.ts';
import type { RunnerRegistrationSpec } from './spec.ts';

/** Undefined when the group or project is not there. */
export const findScope = async (
  scope: RunnerRegistrationSpec['runner']['scope'],
  forge: Forge,
  signal: AbortSignal,
): Promise<RunnerScope | undefined> => {
  if (scope.kind === 'instance') return scope;
  const found =
    scope.kind === 'group' ? await forge.findGroup(scope.path, signal) : await forge.findProject(scope.path, signal);
  return found && { kind: scope.kind, id: found.id };
};

const readAlike = async (
  description: string,
  scope: RunnerScope,
  forge: Forge,
  signal: AbortSignal,
): Promise<readonly ForgeRunner[]> => {
  const listed = await forge.listRunners(scope, signal);
  const ids = listed.filter((each) => each.description === description).map(({ id }) => id);
  const runners: ForgeRunner[] = [];
  for (const id of ids.toSorted((a, b) => b - a)) {
    const runner = await forge.showRunner(id, signal);
    if (runner) runners.push(runner);
  }
  return runners;
};

/** The runner that the token in the file belongs to; only a 403 says that it is dead, anything else throws. */
const readRegistered = async (
  text: string | undefined,
  forge: Forge,
  signal: AbortSignal,
): Promise<{ readonly state: FileSeen['state']; readonly registered: ForgeRunner | undefined }> => {
  if (text === undefined) return { state: 'missing', registered: undefined };
  const registration = readRegistration(text);
  if (!registration) return { state: 'no-token', registered: undefined };
  const verdict = await forge.verifyRunner(new Secret(registration.token), signal);
  if (verdict.kind === 'dead') return { state: 'dead-token', registered: undefined };
  const registered = await forge.showRunner(verdict.id, signal);
  if (registered) return { state: 'living-token', registered };
  throw new ChatopsError('PERMISSION_MISSING', {
    what: `GitLab knows the token in config.toml (runner ${verdict.id}) and does not show that runner`,
    why: "the administrator's token may not see it, or it was deleted this very moment",
    next: 'use the token of a user who may manage the runner',
  });
};

export const observe = async (
  spec: RunnerRegistrationSpec,
  file: RunnerConfigFile,
  forge: Forge,
  signal: AbortSignal,
): Promise<RunnerSeen> => {
  const text = await file.read();
  const { state, registered } = await readRegistered(text, forge, signal);
  const asRendered = text !== undefined && meansTheSame(text, await file.template());
  const { description } = spec.runner;
  if (registered?.description === description) {
    return { file: { state, asRendered }, registered, alike: [], scopeExists: true };
  }
  const scope = await findScope(spec.runner.scope, forge, signal);
  const alike = scope ? await readAlike(description, scope, forge, signal) : [];
  return { file: { state, asRendered }, registered, alike, scopeExists: scope !== undefined };
};

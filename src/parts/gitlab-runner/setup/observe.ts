/** Reads: the file, whether its token is valid, and only when it is not, the runners of our description. */

import type { Forge } from '../../../contracts/forge.ts';
import type { ForgeRunner, RunnerScope, RunnerVerdict } from '../../../contracts/forge-runners.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { Secret } from '../../../values/secret.ts';
import type { RunnerConfigFile } from '../runner-config.ts';
import { type Registration, readRegistration } from './config-toml.ts';
import type { FileSeen, RunnerSeen } from './model.ts';
import { meansTheSame } from './same-configuration.ts';
import type { RunnerRegistrationSpec } from './spec.ts';
import { overdueRenewal, sameMoment } from './token-life.ts';

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

/**
 * The registration in the file and what GitLab says of its token; undefined without one. A token that is not valid is
 * looked for once more: the runner may have renewed it between our look at the file and our question.
 */
export const verifiedRegistration = async (
  file: Pick<RunnerConfigFile, 'read'>,
  forge: Pick<Forge, 'verifyRunner'>,
  signal: AbortSignal,
): Promise<{ readonly registration: Registration; readonly verdict: RunnerVerdict } | undefined> => {
  let registration = readRegistration(await file.read());
  while (registration) {
    const verdict = await forge.verifyRunner(new Secret(registration.token), signal);
    const now = verdict.kind === 'alive' ? registration : readRegistration(await file.read());
    if (now?.token === registration.token) return { registration: now, verdict };
    registration = now;
  }
  return undefined;
};

type Registered = Omit<FileSeen, 'asRendered'> & { readonly registered: ForgeRunner | undefined };

/** The runner that the token in the file belongs to; only a 403 says that it is not valid, anything else throws. */
const readRegistered = async (
  file: RunnerConfigFile,
  forge: Forge,
  now: Date,
  signal: AbortSignal,
): Promise<Registered> => {
  const found = await verifiedRegistration(file, forge, signal);
  if (!found) {
    return { state: (await file.read()) === undefined ? 'missing' : 'no-token', registered: undefined };
  }
  const { registration, verdict } = found;
  if (verdict.kind === 'dead') return { state: 'dead-token', registered: undefined };
  const registered = await forge.showRunner(verdict.id, signal);
  if (!registered) {
    throw new ChatopsError('PERMISSION_MISSING', {
      what: `GitLab knows the token in config.toml (runner ${verdict.id}) and does not show that runner`,
      why: "the administrator's token may not see it, or it was deleted this very moment",
      next: 'use the token of a user who may manage the runner',
    });
  }
  const { expiresAt } = verdict;
  const overdue = overdueRenewal({ obtainedAt: registration.obtainedAt, expiresAt }, now);
  return {
    state: 'valid-token',
    registered,
    ...(expiresAt === undefined || sameMoment(expiresAt, registration.expiresAt) ? {} : { unsaidExpiry: expiresAt }),
    ...(overdue === undefined ? {} : { overdue }),
  };
};

export const observe = async (
  spec: RunnerRegistrationSpec,
  file: RunnerConfigFile,
  forge: Forge,
  now: Date,
  signal: AbortSignal,
): Promise<RunnerSeen> => {
  const { registered, ...read } = await readRegistered(file, forge, now, signal);
  const text = await file.read();
  const asRendered = text !== undefined && meansTheSame(text, await file.template());
  const seen = { ...read, asRendered };
  const { description } = spec.runner;
  if (registered?.description === description) {
    return { file: seen, registered, alike: [], scopeExists: true };
  }
  const scope = await findScope(spec.runner.scope, forge, signal);
  const alike = scope ? await readAlike(description, scope, forge, signal) : [];
  return { file: seen, registered, alike, scopeExists: scope !== undefined };
};

/** Reads: the file, whether its token is valid, and only when it is not, the runners of our description. */

import type { Forge } from '../../../contracts/forge.ts';
import type { ForgeRunner, RunnerScope, RunnerVerdict } from '../../../contracts/forge-runners.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { Secret } from '../../../values/secret.ts';
import type { RunnerConfigFile } from '../runner-config.ts';
import { blockNamed, splitBlocks, textOf } from './blocks.ts';
import { type Registration, readRegistration, registrationOf } from './config-toml.ts';
import { type FileSeen, isOfAStack, isOurs, type RunnerSeen } from './model.ts';
import { meansTheSame, parseTable } from './same-configuration.ts';
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

/** How a token is asked for. */
export type Verify = (registration: Registration, signal: AbortSignal) => Promise<RunnerVerdict>;

/** In the name of the process that uses it, where the forge has seen that; else in nobody's. */
export const verifyWith =
  (file: Pick<RunnerConfigFile, 'systemId'>, forge: Pick<Forge, 'verifyRunner' | 'listRunnerManagers'>): Verify =>
  async ({ id, token }, signal) => {
    const systemId = await file.systemId();
    const managers = systemId === undefined || id === undefined ? [] : await forge.listRunnerManagers(id, signal);
    const isSeen = managers.some((each) => each.systemId === systemId && each.contactedAt !== undefined);
    return forge.verifyRunner(new Secret(token), signal, isSeen ? systemId : undefined);
  };

/**
 * The registration in the file and what GitLab says of its token; undefined without one. A token that is not valid is
 * looked for once more: the runner may have renewed it between our look at the file and our question.
 */
export const verifiedRegistration = async (
  file: Pick<RunnerConfigFile, 'read'>,
  own: string | undefined,
  verify: Verify,
  signal: AbortSignal,
): Promise<{ readonly registration: Registration; readonly verdict: RunnerVerdict } | undefined> => {
  let registration = readRegistration(await file.read(), own);
  while (registration) {
    const verdict = await verify(registration, signal);
    const now = verdict.kind === 'alive' ? registration : readRegistration(await file.read(), own);
    if (now?.token === registration.token) return { registration: now, verdict };
    registration = now;
  }
  return undefined;
};

/** @throws ChatopsError STATE_DAMAGED: writing it anew would lose what is not ours in it */
const requireToml = (text: string | undefined): string | undefined => {
  if (text === undefined || parseTable(text) !== undefined) return text;
  throw new ChatopsError('STATE_DAMAGED', {
    what: "the runner's config.toml cannot be read",
    why: 'it is not valid TOML',
    next: 'correct it, or move it away: the next run writes a new one',
  });
};

/** Whether a runner of a stack stands behind this block, whatever it is called. */
const isOfAStackOf = async (block: string, forge: Forge, verify: Verify, signal: AbortSignal): Promise<boolean> => {
  const registration = registrationOf(block);
  const verdict = registration && (await verify(registration, signal));
  const id = verdict?.kind === 'alive' ? verdict.id : registration?.id;
  const runner = id === undefined ? undefined : await forge.showRunner(id, signal);
  return runner !== undefined && isOfAStack(runner);
};

/**
 * The name of our block: the description, or the one before, under which a runner of a stack works for the same GitLab.
 * Undefined: all blocks are of runners that a user registered.
 */
const findOwn = async (
  text: string,
  { runner: { description }, work }: RunnerRegistrationSpec,
  forge: Forge,
  verify: Verify,
  signal: AbortSignal,
): Promise<string | undefined> => {
  if (blockNamed(text, description) !== undefined) return description;
  for (const block of splitBlocks(text).blocks) {
    if (textOf(block, 'url') === work.url && (await isOfAStackOf(block, forge, verify, signal)))
      return textOf(block, 'name');
  }
  return undefined;
};

type Registered = Omit<FileSeen, 'asRendered' | 'own'> & { readonly registered: ForgeRunner | undefined };

/** The runner that the token in the file belongs to; only a 403 says that it is not valid, anything else throws. */
const readRegistered = async (
  file: RunnerConfigFile,
  own: string | undefined,
  forge: Forge,
  verify: Verify,
  now: Date,
  signal: AbortSignal,
): Promise<Registered> => {
  const found = await verifiedRegistration(file, own, verify, signal);
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

/** A process asks for jobs every few seconds; GitLab may keep what it shows of that for most of an hour. */
const LATELY_MS = 3_600_000;

/**
 * Whether another process works with a runner that bears our mark: a stack of the same name on the same GitLab has it, and
 * a new token would end its work. In a GitLab of ours nobody else's can be.
 */
const lastUseElsewhere = async (
  { mark, work }: RunnerRegistrationSpec,
  alike: readonly ForgeRunner[],
  file: Pick<RunnerConfigFile, 'systemId'>,
  forge: Pick<Forge, 'listRunnerManagers'>,
  now: Date,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const newest = alike.find((runner) => isOurs(runner, mark));
  if (newest === undefined || work.inside !== undefined) return undefined;
  const own = await file.systemId();
  const managers = await forge.listRunnerManagers(newest.id, signal);
  return managers
    .flatMap(({ systemId, contactedAt }) => (systemId === own || contactedAt === undefined ? [] : [contactedAt]))
    .filter((at) => now.getTime() - Date.parse(at) < LATELY_MS)
    .toSorted()
    .at(-1);
};

export const observe = async (
  spec: RunnerRegistrationSpec,
  file: RunnerConfigFile,
  forge: Forge,
  verify: Verify,
  now: Date,
  signal: AbortSignal,
): Promise<RunnerSeen> => {
  const before = requireToml(await file.read());
  const own = before === undefined ? undefined : await findOwn(before, spec, forge, verify, signal);
  const { registered, ...read } = await readRegistered(file, own, forge, verify, now, signal);
  const text = await file.read();
  const asRendered = text !== undefined && own !== undefined && meansTheSame(text, await file.template(), own);
  const seen = { ...read, asRendered, ...(own === undefined ? {} : { own }) };
  const { description } = spec.runner;
  if (registered?.description === description && registered.type === spec.runner.scope.kind) {
    return { file: seen, registered, alike: [], scopeExists: true };
  }
  const scope = await findScope(spec.runner.scope, forge, signal);
  const alike = scope ? await readAlike(description, scope, forge, signal) : [];
  const used = registered ? undefined : await lastUseElsewhere(spec, alike, file, forge, now, signal);
  return {
    file: seen,
    registered,
    alike,
    ...(used === undefined ? {} : { usedElsewhere: used }),
    scopeExists: scope !== undefined,
  };
};

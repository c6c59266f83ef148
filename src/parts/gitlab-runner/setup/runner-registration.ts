import type { Clock } from '../../../contracts/clock.ts';
import type { Forge } from '../../../contracts/forge.ts';
import type { RunnerCredentials, RunnerVerdict } from '../../../contracts/forge-runners.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { RUNNER_CONFIG, type RunnerConfigFile } from '../runner-config.ts';
import { composeConfig, type Registration, readRegistration } from './config-toml.ts';
import { decide } from './decide.ts';
import type { RunnerChange, RunnerSeen } from './model.ts';
import { findScope, observe, type Verify, verifiedRegistration, verifyWith } from './observe.ts';
import type { RunnerRegistrationSpec } from './spec.ts';

const BLANK: RunnerSeen = {
  file: { state: 'missing', asRendered: false },
  registered: undefined,
  alike: [],
  scopeExists: true,
};

/** @throws ChatopsError INTERNAL for a template without a block of a runner */
const filled = async (
  file: RunnerConfigFile,
  current: string | undefined,
  own: string | undefined,
  registration: Registration,
): Promise<string> => {
  const text = composeConfig(await file.template(), { current, own }, registration);
  if (text !== undefined) return text;
  throw new ChatopsError('INTERNAL', { what: 'the rendered config.toml has no [[runners]] block' });
};

const createRunner = async (
  spec: RunnerRegistrationSpec,
  change: Extract<RunnerChange, { what: 'create' }>,
  forge: Forge,
  signal: AbortSignal,
): Promise<RunnerCredentials> => {
  const scope = await findScope(spec.runner.scope, forge, signal);
  if (scope) return forge.createRunner(scope, change.runner, signal);
  throw new ChatopsError('JOB_FAILED', { what: `there is no ${spec.runner.scope.kind} to make the runner for` });
};

/**
 * Keeps the token and says when it expires. The runner may renew it at any moment, by itself, and a user register
 * another one beside it: the file is looked at last, so that neither is replaced by what was there before.
 */
const rewrite = async (
  file: RunnerConfigFile,
  own: string | undefined,
  verify: Verify,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    const found = await verifiedRegistration(file, own, verify, signal);
    if (found?.verdict.kind !== 'alive') {
      throw new ChatopsError('JOB_FAILED', { what: 'config.toml lost its token while it was looked at' });
    }
    const current = await file.read();
    const text = await filled(file, current, own, {
      ...found.registration,
      obtainedAt: found.registration.obtainedAt ?? clock.date().toISOString(),
      expiresAt: found.verdict.expiresAt,
    });
    const isStill = readRegistration(current, own)?.token === found.registration.token;
    if (isStill && (await file.read()) === current) return file.write(text);
  }
};

/** A runner of ours in GitLab, and its token in config.toml, by the way without registration tokens (16.0 and later). */
export const createRunnerRegistrationJob = (
  spec: RunnerRegistrationSpec,
  ports: Ports,
): Job<RunnerSeen, RunnerChange> => {
  const file = ports.client(RUNNER_CONFIG);
  /** Tokens that GitLab gave in this run, with what it said of them: nobody has used them yet, so they are not asked for. */
  const given = new Map<string, RunnerVerdict>();
  const verify: Verify = async (registration, signal) =>
    given.get(registration.token) ?? verifyWith(file, ports.forge(spec))(registration, signal);
  const writeNew = async (own: string | undefined, { id, token, expiresAt }: RunnerCredentials): Promise<void> => {
    const obtainedAt = ports.clock.date().toISOString();
    const registration = { id, token: token.reveal(), obtainedAt, expiresAt };
    await file.write(await filled(file, await file.read(), own, registration));
    given.set(token.reveal(), { kind: 'alive', id, expiresAt });
  };
  let tokenChecked = false;
  return {
    id: spec.job,
    blank: () => BLANK,
    observe: async (signal) => {
      const forge = ports.forge(spec);
      if (!tokenChecked) {
        const forInstance = spec.runner.scope.kind === 'instance';
        const needs = {
          scopes: [['api'], ['create_runner', 'manage_runner', 'read_api']],
          administrator: forInstance ? 'a runner for the whole instance is an administrator’s' : undefined,
          variable: spec.token,
        };
        await forge.requireRights(needs, signal);
        tokenChecked = true;
      }
      return observe(spec, file, forge, verify, ports.clock.date(), signal);
    },
    decide: (seen) => decide(spec, seen),
    apply: async (change, signal) => {
      const forge = ports.forge(spec);
      switch (change.what) {
        case 'create':
          // GitLab shows the token this once: on disk before anything else.
          return writeNew(change.own, await createRunner(spec, change, forge, signal));
        case 'reset':
          return writeNew(change.own, { id: change.id, ...(await forge.resetRunnerToken(change.id, signal)) });
        case 'edit':
          return forge.editRunner(change.id, change.runner, signal);
        case 'delete':
          return forge.deleteRunner(change.id, signal);
        case 'rewrite':
          return rewrite(file, change.own, verify, ports.clock, signal);
      }
    },
  };
};

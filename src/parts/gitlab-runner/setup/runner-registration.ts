import type { Clock } from '../../../contracts/clock.ts';
import type { Forge } from '../../../contracts/forge.ts';
import type { RunnerCredentials } from '../../../contracts/forge-runners.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { RUNNER_CONFIG, type RunnerConfigFile } from '../runner-config.ts';
import { type Registration, readRegistration, withRegistration } from './config-toml.ts';
import { decide } from './decide.ts';
import type { RunnerChange, RunnerSeen } from './model.ts';
import { findScope, observe, verifiedRegistration } from './observe.ts';
import type { RunnerRegistrationSpec } from './spec.ts';

const BLANK: RunnerSeen = {
  file: { state: 'missing', asRendered: false },
  registered: undefined,
  alike: [],
  scopeExists: true,
};

/** @throws ChatopsError INTERNAL for a template without a block of a runner */
const filled = (template: string, registration: Registration): string => {
  const text = withRegistration(template, registration);
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
 * Keeps the token and says when it expires. The runner may renew it at any moment, by itself: what stands in the file is
 * asked last, so that a new token is never replaced by the one before.
 */
const rewrite = async (file: RunnerConfigFile, forge: Forge, clock: Clock, signal: AbortSignal): Promise<void> => {
  for (;;) {
    const found = await verifiedRegistration(file, forge, signal);
    if (found?.verdict.kind !== 'alive') {
      throw new ChatopsError('JOB_FAILED', { what: 'config.toml lost its token while it was looked at' });
    }
    const { expiresAt } = found.verdict;
    const text = filled(await file.template(), {
      ...found.registration,
      obtainedAt: found.registration.obtainedAt ?? clock.date().toISOString(),
      expiresAt,
    });
    if (readRegistration(await file.read())?.token === found.registration.token) return file.write(text);
  }
};

/** A runner of ours in GitLab, and its token in config.toml, by the way without registration tokens (16.0 and later). */
export const createRunnerRegistrationJob = (
  spec: RunnerRegistrationSpec,
  ports: Ports,
): Job<RunnerSeen, RunnerChange> => {
  const file = ports.client(RUNNER_CONFIG);
  const writeNew = async ({ id, token, expiresAt }: RunnerCredentials): Promise<void> => {
    const obtainedAt = ports.clock.date().toISOString();
    await file.write(filled(await file.template(), { id, token: token.reveal(), obtainedAt, expiresAt }));
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
      return observe(spec, file, forge, ports.clock.date(), signal);
    },
    decide: (seen) => decide(spec, seen),
    apply: async (change, signal) => {
      const forge = ports.forge(spec);
      switch (change.what) {
        case 'create':
          // GitLab shows the token this once: on disk before anything else.
          return writeNew(await createRunner(spec, change, forge, signal));
        case 'reset':
          return writeNew({ id: change.id, ...(await forge.resetRunnerToken(change.id, signal)) });
        case 'edit':
          return forge.editRunner(change.id, change.runner, signal);
        case 'rewrite':
          return rewrite(file, forge, ports.clock, signal);
      }
    },
  };
};

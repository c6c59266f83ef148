import type { Forge } from '../../../contracts/forge.ts';
import type { RunnerCredentials } from '../../../contracts/forge-runners.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { Secret } from '../../../values/secret.ts';
import { RUNNER_CONFIG, type RunnerConfigFile } from '../runner-config.ts';
import { readRegistration, withRegistration } from './config-toml.ts';
import { decide } from './decide.ts';
import type { RunnerChange, RunnerSeen } from './model.ts';
import { findScope, observe } from './observe.ts';
import type { RunnerRegistrationSpec } from './spec.ts';

const BLANK: RunnerSeen = {
  file: { state: 'missing', asRendered: false },
  registered: undefined,
  alike: [],
  scopeExists: true,
};

const writeRegistration = async (
  file: RunnerConfigFile,
  { id, token }: { readonly id: number | undefined; readonly token: Secret },
): Promise<void> => {
  const text = withRegistration(await file.template(), { id, token: token.reveal() });
  if (text === undefined) {
    throw new ChatopsError('INTERNAL', { what: 'the rendered config.toml has no [[runners]] block' });
  }
  await file.write(text);
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

const rewrite = async (file: RunnerConfigFile): Promise<void> => {
  const registration = readRegistration(await file.read());
  if (!registration) {
    throw new ChatopsError('JOB_FAILED', { what: 'config.toml lost its token while it was looked at' });
  }
  await writeRegistration(file, { id: registration.id, token: new Secret(registration.token) });
};

/** A runner of ours in GitLab, and its token in config.toml, by the way without registration tokens (16.0 and later). */
export const createRunnerRegistrationJob = (
  spec: RunnerRegistrationSpec,
  ports: Ports,
): Job<RunnerSeen, RunnerChange> => {
  const file = ports.client(RUNNER_CONFIG);
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
      return observe(spec, file, forge, signal);
    },
    decide: (seen) => decide(spec, seen),
    apply: async (change, signal) => {
      const forge = ports.forge(spec);
      switch (change.what) {
        case 'create':
          // GitLab shows the token this once: on disk before anything else.
          return writeRegistration(file, await createRunner(spec, change, forge, signal));
        case 'reset':
          return writeRegistration(file, { id: change.id, token: await forge.resetRunnerToken(change.id, signal) });
        case 'edit':
          return forge.editRunner(change.id, change.runner, signal);
        case 'rewrite':
          return rewrite(file);
      }
    },
  };
};

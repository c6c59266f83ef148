/** Registration, the runner's process and its probe together, over real sockets against both stand-ins. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createClock } from '../../../../../src/adapters/clock.ts';
import { createHttp } from '../../../../../src/adapters/http.ts';
import type { Job } from '../../../../../src/contracts/job.ts';
import { provide, withClients } from '../../../../../src/contracts/ports.ts';
import { awaitGate } from '../../../../../src/engine/await-gate.ts';
import { createGitLab } from '../../../../../src/parts/gitlab/client/gitlab.ts';
import { GITLAB } from '../../../../../src/parts/gitlab/gitlab.ts';
import { createRunnerProbe } from '../../../../../src/parts/gitlab-runner/probes/runner.ts';
import { RUNNER_CONFIG } from '../../../../../src/parts/gitlab-runner/runner-config.ts';
import { readRegistration } from '../../../../../src/parts/gitlab-runner/setup/config-toml.ts';
import { createRunnerRegistrationJob } from '../../../../../src/parts/gitlab-runner/setup/runner-registration.ts';
import { withContracts } from '../../../../../src/wiring/with-contracts.ts';
import { run, runnerSpec } from '../../../../builders/gitlab-jobs.ts';
import { createWorld, TEMPLATE } from '../../../../builders/gitlab-ports.ts';
import { atEnd } from '../../../../helpers/at-end.ts';
import { startGitLab } from '../../../../standins/gitlab/start-gitlab.ts';
import { startRunner } from '../../../../standins/runner/start-runner.ts';

const OWN = 'ops runner';
const signal = new AbortController().signal;

/** Both servers, and a job and a probe over them. The job's file is not the runner's own until a test hands it over. */
const started = async () => {
  const gitlab = await startGitLab();
  atEnd(() => gitlab.stop());
  const runner = await startRunner({ gitlabPort: gitlab.port, config: TEMPLATE });
  atEnd(() => runner.stop());
  const world = createWorld();
  world.secrets.set('CHATOPS_GITLAB_TOKEN', gitlab.token);
  const metricsPort = Number(new URL(runner.metricsUrl).port);
  const inRunner = (name: string) => readFileSync(join(runner.dir, name), 'utf8');
  const systemId = async () => inRunner('.runner_system_id').trim();
  const ports = withContracts({
    ...withClients(
      world.ports,
      provide(GITLAB, createGitLab(createHttp(), createClock())),
      provide(RUNNER_CONFIG, { ...world.ports.client(RUNNER_CONFIG), systemId }),
    ),
    http: createHttp(),
    clock: createClock(),
    addresses: {
      resolve: ({ service }) => ({ host: '127.0.0.1', port: service === 'gitlab' ? gitlab.port : metricsPort }),
    },
  });
  const target = { kind: 'service', endpoint: { service: 'gitlab', port: 80 } } as const;
  const metrics = { service: 'gitlab-runner', port: 9252 };
  const token = 'CHATOPS_GITLAB_TOKEN';
  const probe = createRunnerProbe({ what: 'runner', metrics, gitlab: target, token, description: 'ops runner' }, ports);
  const register = () => run(createRunnerRegistrationJob(runnerSpec(), ports) as Job);
  const opens = () => awaitGate(probe, { name: 'gitlab-runner', withinMs: 20_000, clock: createClock(), signal });
  return { gitlab, runner, file: world.file, probe, register, opens, fileOfRunner: () => inRunner('config.toml') };
};

describe('the probe of a runner that was registered by the job', () => {
  it('opens once GitLab has seen this very process, and not by our own question for its token', async () => {
    const { runner, file, probe, register, opens } = await started();
    await register();
    await register();
    const early = await probe.ask(signal);
    expect(early).toMatchObject({ kind: 'not-ready', reason: expect.stringContaining('has not asked for jobs') });

    runner.writeConfig(file.text ?? '');
    await opens();
    expect(await probe.ask(signal)).toMatchObject({ kind: 'ready' });
  });
});

describe('a runner whose token expires', () => {
  it('renews it by itself from the dates that the job wrote, and the next run leaves its file alone', async () => {
    const { gitlab, runner, file, register, opens, fileOfRunner } = await started();
    gitlab.server.controls.changeSettings({ runner_token_expiration_interval: 30 * 24 * 60 * 60 });
    await register();
    const first = readRegistration(file.text, OWN);
    // As if it had been given long ago: three quarters of its life are over.
    runner.writeConfig((file.text ?? '').replace(/token_obtained_at = .*/, 'token_obtained_at = 2020-01-01T00:00:00Z'));
    await vi.waitFor(() => expect(readRegistration(fileOfRunner(), OWN)?.token).not.toBe(first?.token), {
      timeout: 20_000,
    });

    file.text = fileOfRunner();
    const renewed = readRegistration(file.text, OWN);
    await opens();
    const outcome = await register();
    expect(outcome).toMatchObject({ changes: [], warnings: [] });
    expect(readRegistration(file.text, OWN)).toEqual(renewed);
    expect(renewed?.obtainedAt).not.toBe('2020-01-01T00:00:00.000Z');
  });
});

import { describe, expect, it } from 'vitest';
import type { RunnerManager } from '../../../../../src/contracts/forge-runners.ts';
import type { Http } from '../../../../../src/contracts/http.ts';
import { type Ports, provide, withClients } from '../../../../../src/contracts/ports.ts';
import { GITLAB, type GitLabClient, type GitLabPort } from '../../../../../src/parts/gitlab/gitlab.ts';
import { createRunnerProbe } from '../../../../../src/parts/gitlab-runner/probes/runner.ts';
import { RUNNER_CONFIG } from '../../../../../src/parts/gitlab-runner/runner-config.ts';
import { withContracts } from '../../../../../src/wiring/with-contracts.ts';
import { createWorld, TEMPLATE } from '../../../../builders/gitlab-ports.ts';
import { createFakeGitLab } from '../../../../fakes/fake-gitlab.ts';

const SYSTEM_ID = 's_1746f8786189';
const VERSION = 'gitlab_runner_version_info{name="gitlab-runner",version="19.3.0"} 1\n';
const requests = (status: string, runner?: string) =>
  `gitlab_runner_api_request_statuses_total{endpoint="request_job",method="POST",${runner === undefined ? '' : `runner="${runner}",`}status="${status}",system_id="${SYSTEM_ID}"} 3\n`;

interface Case {
  readonly metrics?: { readonly status?: number; readonly body?: string };
  readonly systemId?: string | undefined;
  readonly config?: string | undefined;
  readonly managers?: readonly RunnerManager[];
  /** What stands in config.toml; `valid` is the runner's own. Default: none can be read. */
  readonly token?: 'valid' | 'dead';
  /** When GitLab ends that token, and what config.toml says of its beginning. Default: never, nothing. */
  readonly expiresAt?: string;
  readonly obtainedAt?: string;
  readonly paused?: boolean;
}

/** In whose name GitLab was asked for the token. */
const verified: (string | undefined)[] = [];

const manager = (systemId: string, contactedAt: string | undefined = '2026-01-01T00:00:00Z'): RunnerManager => ({
  systemId,
  version: '19.3.0',
  contactedAt,
});

const ask = async (given: Case = {}): Promise<string> => {
  const gitlab = createFakeGitLab();
  const { id, token: valid } = gitlab.addRunner({ description: 'ops runner' });
  verified.length = 0;
  const world = createWorld(gitlab);
  const asked: number[] = [];
  const client: Partial<GitLabClient> = {
    listRunners: gitlab.connect({ url: '' }).listRunners,
    verifyRunner: async (token, _signal, systemId) => {
      verified.push(systemId);
      return token.reveal() === valid ? { kind: 'alive', id, expiresAt: given.expiresAt } : { kind: 'dead' };
    },
    showRunner: async (runner) => ({
      ...{ id: runner, description: 'ops runner', type: 'instance', tags: [], runUntagged: true, maintenanceNote: '' },
      ...(given.paused === true && { paused: 'resume it in GitLab' }),
    }),
    listRunnerManagers: async (runner) => {
      asked.push(runner);
      return given.managers ?? [manager(SYSTEM_ID)];
    },
  };
  const http: Partial<Http> = {
    request: async () => ({
      status: given.metrics?.status ?? 200,
      headers: {},
      body: given.metrics?.body ?? `${VERSION}${requests('204')}`,
    }),
  };
  const since = given.obtainedAt === undefined ? '' : `\n  token_obtained_at = ${given.obtainedAt}`;
  const token =
    given.token === undefined ? '' : `\n  token = "${given.token === 'valid' ? valid : 'glrt-dead'}"${since}`;
  const config =
    'config' in given ? given.config : TEMPLATE.replace('[[runners]]', `[[runners]]\n  id = ${id}${token}`);
  const ports = withContracts({
    ...withClients(
      world.ports,
      provide(GITLAB, { connect: () => client } as unknown as GitLabPort),
      provide(RUNNER_CONFIG, {
        ...world.ports.client(RUNNER_CONFIG),
        read: async () => config,
        systemId: async () => ('systemId' in given ? given.systemId : SYSTEM_ID),
      }),
    ),
    http,
  } as Ports);
  const probe = createRunnerProbe(
    {
      what: 'runner',
      metrics: { service: 'gitlab-runner', port: 9252 },
      gitlab: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
      token: 'CHATOPS_GITLAB_TOKEN',
      description: 'ops runner',
    },
    ports,
  );
  const answer = await probe.ask(new AbortController().signal);
  expect(asked.every((each) => each === id)).toBe(true);
  if (answer.kind === 'cannot-tell') return answer.error.code;
  if (answer.kind === 'not-ready') return answer.reason;
  return `ready ${answer.detail}${answer.caution === undefined ? '' : `, but ${answer.caution}`}`;
};

describe('the probe of the runner', () => {
  it('is ready when GitLab had contact with this very process', async () => {
    expect(await ask()).toMatch(/^ready runner \d+, s_1746f8786189, 19\.3\.0$/);
  });

  it('is not ready by another process of the same runner, nor by somebody’s verify', async () => {
    expect(await ask({ managers: [manager('s_000000000000'), manager('<legacy>')] })).toContain('has not seen');
    expect(await ask({ managers: [{ ...manager(SYSTEM_ID), contactedAt: undefined }] })).toContain('has not seen');
  });

  it('is not ready when all its requests for jobs were refused, or not answered', async () => {
    expect(await ask({ metrics: { body: `${VERSION}${requests('403')}` } })).toContain('answered 403 only');
    const none = 'none of its requests for jobs was answered: it cannot reach GitLab';
    expect(await ask({ metrics: { body: `${VERSION}${requests('-1')}` } })).toBe(none);
    expect(await ask({ metrics: { body: `${VERSION}${requests('-1')}${requests('403')}` } })).toContain(
      'answered 403 only',
    );
    expect(await ask({ metrics: { body: `${VERSION}${requests('403')}${requests('204')}` } })).toMatch(/^ready/);
  });

  it('is not ready before this process has been answered, whatever GitLab knows of an earlier one', async () => {
    expect(await ask({ metrics: { body: VERSION } })).toBe('it has not asked for jobs since it was started');
  });

  it('is not ready while the process goes on with the token before', async () => {
    const asWith = (runner: string) =>
      ask({ token: 'valid', metrics: { body: `${VERSION}${requests('204', runner)}` } });
    expect(await asWith('an-old-one')).toBe(
      'it has not asked for jobs with the token in config.toml since it was started',
    );
    const { token } = createFakeGitLab().addRunner({ description: 'ops runner' });
    expect(await asWith(token.replace(/^glrt-/, '').slice(0, 9))).toMatch(/^ready/);
  });

  it('is not held back by what other runners of its process are told', async () => {
    const body = `${VERSION}${requests('403', 'somebodys')}${requests('204')}`;
    expect(await ask({ token: 'valid', metrics: { body } })).toMatch(/^ready/);
  });

  it('says that it is paused, and how it is resumed', async () => {
    expect(await ask({ paused: true })).toMatch(
      /^ready runner \d+, .*, but it is paused, and every pipeline stays pending: resume it/,
    );
  });

  it('is not ready when its token was revoked', async () => {
    // No waiting changes it.
    expect(await ask({ token: 'dead' })).toBe('TOKEN_INVALID');
    expect(await ask({ token: 'valid' })).toMatch(/^ready/);
  });

  it('asks for its token in the name of its process, and only after GitLab has seen that', async () => {
    expect(await ask({ token: 'valid', managers: [] })).toContain('has not seen');
    expect(verified).toEqual([]);
    await ask({ token: 'valid' });
    expect(verified).toEqual([SYSTEM_ID]);
  });

  it('says in time that a token is about to expire which the runner has not renewed, and nothing before', async () => {
    // It is 1 January 2026 here.
    const valid = { token: 'valid' } as const;
    const overdue = /its token expires at 2026-01-03T00:00:00Z and the runner has not renewed it$/;
    const expiresAt = '2026-01-03T00:00:00Z';
    expect(await ask({ ...valid, expiresAt, obtainedAt: '2025-12-22T00:00:00Z' })).toMatch(overdue);
    expect(await ask({ ...valid, expiresAt, obtainedAt: '2025-12-31T00:00:00Z' })).toMatch(/19\.3\.0$/);
    expect(await ask({ ...valid, expiresAt })).toMatch(overdue);
    expect(await ask({ ...valid, expiresAt: '2026-03-01T00:00:00Z' })).toMatch(/19\.3\.0$/);
  });

  it('takes its system id from the metrics where the file cannot be read', async () => {
    expect(await ask({ systemId: undefined, metrics: { body: `${VERSION}${requests('204')}` } })).toMatch(/^ready/);
    const body = `${VERSION}${requests('204').replace(/,system_id="[^"]*"/, '')}`;
    expect(await ask({ systemId: undefined, metrics: { body } })).toBe('it has no system id yet');
  });

  it('finds the runner by its description where config.toml cannot be read', async () => {
    expect(await ask({ config: undefined })).toMatch(/^ready/);
  });

  it('is not ready while something else answers on its port', async () => {
    expect(await ask({ metrics: { body: 'hello' } })).toContain('not as a GitLab runner');
    expect(await ask({ metrics: { status: 404 } })).toContain('404');
  });
});

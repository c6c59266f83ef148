import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../../../src/adapters/http.ts';
import { type Ports, provide, withClients } from '../../../../../src/contracts/ports.ts';
import type { Answer } from '../../../../../src/contracts/probe.ts';
import { createGitLab } from '../../../../../src/parts/gitlab/client/gitlab.ts';
import { GITLAB } from '../../../../../src/parts/gitlab/gitlab.ts';
import { createGitLabProbe } from '../../../../../src/parts/gitlab/probes/gitlab.ts';
import { createGitLabAliveProbe } from '../../../../../src/parts/gitlab/probes/gitlab-alive.ts';
import { createGitLabReadyProbe } from '../../../../../src/parts/gitlab/probes/gitlab-ready.ts';
import { createWorld } from '../../../../builders/gitlab-ports.ts';
import { createVirtualClock } from '../../../../fakes/virtual-clock.ts';
import { atEnd } from '../../../../helpers/at-end.ts';
import { freePort } from '../../../../helpers/free-port.ts';
import { type StartedGitLab, startGitLab } from '../../../../standins/gitlab/start-gitlab.ts';

const signal = new AbortController().signal;
const started = async (options: Parameters<typeof startGitLab>[0] = {}): Promise<StartedGitLab> => {
  const gitlab = await startGitLab(options);
  atEnd(() => gitlab.stop());
  return gitlab;
};

const target = { kind: 'service', endpoint: { service: 'gitlab', port: 80 } } as const;
const portsTo = (port: number, token: string): Ports => {
  const world = createWorld();
  world.secrets.set('CHATOPS_GITLAB_TOKEN', token);
  return {
    ...withClients(world.ports, provide(GITLAB, createGitLab(createHttp(), createVirtualClock()))),
    addresses: { resolve: () => ({ host: '127.0.0.1', port }) },
  };
};
const ask = (port: number, token: string, inside = true): Promise<Answer> =>
  createGitLabProbe({ what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside }, portsTo(port, token)).ask(
    signal,
  );
/** Alive, ready, usable. */
const askAll = async ({ port, token }: StartedGitLab): Promise<readonly string[]> =>
  Promise.all([
    createGitLabAliveProbe({ what: 'gitlab-alive', target }, portsTo(port, token)).ask(signal),
    createGitLabReadyProbe({ what: 'gitlab-ready', target }, portsTo(port, token)).ask(signal),
    ask(port, token),
  ]).then((answers) => answers.map(text));

/** `not-ready connection refused`, `ready GitLab 19.3.0 CE`, `cannot-tell TOKEN_INVALID`. */
const text = (answer: Answer): string => {
  if (answer.kind === 'cannot-tell') return `cannot-tell ${answer.error.code}`;
  return `${answer.kind} ${answer.kind === 'ready' ? answer.detail : answer.reason}`;
};

describe('the probe of GitLab', () => {
  it('is ready when it says so and answers the token', async () => {
    const gitlab = await started();
    expect(text(await ask(gitlab.port, gitlab.token))).toBe('ready GitLab 19.3.0 CE');
  });

  it('follows a boot from refused over 502 to ready, and is never ready too early', async () => {
    const value = 'glpat-0123456789abcd';
    const env = { GITLAB_POST_RECONFIGURE_SCRIPT: 'scopes: ["api"]', CHATOPS_GITLAB_TOKEN: value };
    const boot = { refusedMs: 40_000, readyMs: 100_000, scriptMs: 160_000 };
    const gitlab = await started({ boots: true, speed: 400, env, boot });
    const phases = [
      'not-ready connection refused',
      'not-ready 502',
      'not-ready it does not know',
      'ready GitLab 19.3.0',
    ];
    const said = [text(await ask(gitlab.port, value))];
    while (said.at(-1)?.startsWith('not-ready')) said.push(text(await ask(gitlab.port, value)));
    const seen = said.map((answer) => phases.findIndex((phase) => answer.startsWith(phase)));
    // A slow machine may miss a phase; none comes before its time, and nothing else is ever said.
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect([seen[0], seen.at(-1)]).toEqual([0, 3]);
  });

  it('is not ready while a readiness check fails', async () => {
    const gitlab = await started();
    gitlab.server.controls.health.readinessFailure = 'unexpected Master check result: false';
    expect(text(await ask(gitlab.port, gitlab.token))).toBe('not-ready 503 master_check failed');
  });

  it('from an address outside monitoring_whitelist says so instead of waiting for ever', async () => {
    const gitlab = await started({ clientAllowList: [] });
    const answer = await ask(gitlab.port, gitlab.token);
    expect(answer.kind === 'cannot-tell' && answer.error.why).toBe('your address is not in monitoring_whitelist');
  });

  it('an unknown token is not ready inside, where it may still be made, and an error outside', async () => {
    const gitlab = await started();
    expect(text(await ask(gitlab.port, 'glpat-unknown'))).toMatch(/^not-ready/);
    expect(text(await ask(gitlab.port, 'glpat-unknown', false))).toBe('cannot-tell TOKEN_INVALID');
  });

  it('of an existing GitLab asks one authenticated call and no health page', async () => {
    const gitlab = await started({ clientAllowList: [] });
    expect(text(await ask(gitlab.port, gitlab.token, false))).toBe('ready GitLab 19.3.0 CE');
    expect(gitlab.server.ledger.entries().map(({ what }) => what)).toEqual(['GET /api/v4/version']);
  });

  it('waits out a rate limit and a page that is not the API', async () => {
    const gitlab = await started();
    gitlab.server.faults.add({ match: 'version', effect: { kind: 'status', status: 429 } });
    expect(text(await ask(gitlab.port, gitlab.token, false))).toMatch(/^not-ready .*too many requests/);
    gitlab.server.faults.add({ match: 'version', effect: { kind: 'html', status: 200 } });
    expect(text(await ask(gitlab.port, gitlab.token, false))).toMatch(/^not-ready .*not its API/);
  });

  it('lacking a scope is an error that names it', async () => {
    const gitlab = await started();
    const token = gitlab.server.controls.addToken('root', { scopes: ['create_runner'] });
    expect(text(await ask(gitlab.port, token, false))).toBe('cannot-tell PERMISSION_MISSING');
  });

  it('nobody there is not ready', async () => {
    expect(text(await ask(await freePort(), 'x', false))).toMatch(/^not-ready .*connection refused/);
  });
});

describe('the three questions about a GitLab', () => {
  const ALIVE = 'ready it says that it is alive';
  const READY = 'ready it says that it is ready';

  it('are all answered by one that works', async () => {
    expect(await askAll(await started())).toEqual([ALIVE, READY, 'ready GitLab 19.3.0 CE']);
  });

  it('tell one whose workers are stuck', async () => {
    const gitlab = await started();
    gitlab.server.controls.health.stuck = true;
    expect((await askAll(gitlab))[0]).toMatch(/^not-ready 503/);
  });

  it('tell one that is alive and takes no traffic', async () => {
    const gitlab = await started();
    gitlab.server.controls.health.readinessFailure = 'unexpected Master check result: false';
    const failed = 'not-ready 503 master_check failed';
    expect(await askAll(gitlab)).toEqual([ALIVE, failed, failed]);
  });

  it('tell one that takes traffic and has lost its database', async () => {
    const gitlab = await started();
    gitlab.server.controls.health.failingChecks = ['db_check'];
    expect(await askAll(gitlab)).toEqual([ALIVE, READY, 'not-ready 503 db_check failed']);
  });

  it('are errors from an address that may not ask them', async () => {
    expect(await askAll(await started({ clientAllowList: [] }))).toEqual(
      Array(3).fill('cannot-tell PERMISSION_MISSING'),
    );
  });
});

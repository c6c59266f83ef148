/** GitLab allows itself 57 s for an answer: what is waited for, what is asked again, and what is not made twice. */
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../src/adapters/clock.ts';
import { createHttp } from '../../../../src/adapters/http.ts';
import type { Clock } from '../../../../src/contracts/clock.ts';
import type { Http } from '../../../../src/contracts/http.ts';
import { createGitLab } from '../../../../src/parts/gitlab/client/gitlab.ts';
import type { GitLabClient } from '../../../../src/parts/gitlab/gitlab.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { failure } from '../../../builders/gitlab-jobs.ts';
import { atEnd } from '../../../helpers/at-end.ts';
import { type StartedGitLab, startGitLab } from '../../../standins/gitlab/start-gitlab.ts';

/** How many times faster time passes here, for both sides. */
const SPEED = 60;
/** Where an answer comes shortly before it is given up: on a busy machine it may come a third of a second late. */
const CLOSE_SPEED = 15;
const DEFAULT_TIMEOUT_MS = 10_000;

const fastHttp = (http: Http, speed: number): Http => ({
  ...http,
  request: (asked) => http.request({ ...asked, timeoutMs: (asked.timeoutMs ?? DEFAULT_TIMEOUT_MS) / speed }),
});

const fastClock = (clock: Clock, speed: number): Clock => ({
  now: () => clock.now() * speed,
  date: () => clock.date(),
  sleep: (ms, signal) => clock.sleep(ms / speed, signal),
});

const signal = new AbortController().signal;

interface Started {
  readonly gitlab: StartedGitLab;
  readonly client: GitLabClient;
  /** The answer to the next such request takes so long. */
  readonly slow: (match: string, seconds: number, times?: number) => void;
}

const start = async ({ patient = true, speed = SPEED } = {}): Promise<Started> => {
  const gitlab = await startGitLab();
  atEnd(gitlab.stop);
  const client = createGitLab(fastHttp(createHttp(), speed), fastClock(createClock(), speed)).connect({
    url: gitlab.url,
    token: new Secret(gitlab.token),
    patient,
  });
  const slow: Started['slow'] = (match, seconds, times = 1) =>
    gitlab.server.faults.add({ match, times, effect: { kind: 'delay', ms: (seconds * 1_000) / speed } });
  return { gitlab, client, slow };
};

describe('an answer that takes 55 s', () => {
  it('to a read is waited for', async () => {
    const { client, slow } = await start({ speed: CLOSE_SPEED });
    slow('GET .*/version', 55);
    expect((await client.version(signal)).text).toBe('19.3.0');
  });

  it('to a change of the settings is waited for', async () => {
    const { client, gitlab, slow } = await start({ speed: CLOSE_SPEED });
    slow('PUT .*/application/settings', 55);
    await client.setOutboundAllowList(['chat:80'], signal);
    expect(await client.outboundAllowList(signal)).toEqual(['chat:80']);
    expect(gitlab.server.ledger.totals().write).toBe(1);
  });

  it('to what makes something is waited for, and it is made once', async () => {
    const { client, gitlab, slow } = await start({ speed: CLOSE_SPEED });
    slow('POST .*/groups', 55);
    expect(await client.createGroup('ops', 'ours', signal)).toMatchObject({ path: 'ops' });
    expect(gitlab.server.ledger.totals().write).toBe(1);
  });

  it('is not waited for by a probe, which is asked again anyway', async () => {
    const { client, slow } = await start({ patient: false });
    slow('GET .*/version', 55);
    expect(await failure(client.version(signal))).toMatchObject({
      code: 'UNREACHABLE',
      why: expect.stringMatching(/^timed out/),
    });
  });
});

describe('no answer within a minute', () => {
  it.each(['GET', 'PUT'])('to a %s: it is asked for again', async (method) => {
    const { client, slow } = await start();
    slow(`${method} .*/application/settings`, 65, 2);
    if (method === 'PUT') await client.setOutboundAllowList(['chat:80'], signal);
    expect(await client.outboundAllowList(signal)).toEqual(method === 'PUT' ? ['chat:80'] : []);
  });

  it('three times in a row is a failure that says so', async () => {
    const { client, slow } = await start();
    slow('GET .*/version', 65, 3);
    expect(await failure(client.version(signal))).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('to what makes something: it is looked for as long as GitLab may be at work on it, and made once', async () => {
    const { client, gitlab, slow } = await start();
    slow('POST .*/groups', 90);
    expect(await client.createGroup('ops', 'ours', signal)).toMatchObject({ path: 'ops' });
    expect(gitlab.server.ledger.totals().write).toBe(1);
  });

  it('to what makes something and never does: a failure, not a second one', async () => {
    const { client, gitlab, slow } = await start();
    slow('POST .*/groups', 400);
    expect(await failure(client.createGroup('ops', 'ours', signal))).toMatchObject({ code: 'UNREACHABLE' });
    expect(gitlab.server.ledger.totals().write).toBe(1);
  });
});

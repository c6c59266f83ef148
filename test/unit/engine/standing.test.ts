import { describe, expect, it } from 'vitest';
import { type Answer, cannotTell, notReady, ready, readyBut, unasked } from '../../../src/contracts/probe.ts';
import { absent, describeStanding, type StandingDeps, standingOf } from '../../../src/engine/standing.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import type { ServiceNode } from '../../../src/stack/stack.ts';
import { aService } from '../../builders/nodes.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const wiki = aService('wiki', [], { alive: { what: 'alive' }, ready: { what: 'ready' }, usable: { what: 'usable' } });
const NO = notReady('it said no');

/** @param answers kind of question → what is said; ready otherwise */
const climb = async (
  answers: Readonly<Record<string, Answer>>,
  {
    service = wiki,
    played = true,
    asked = [] as string[],
  }: { service?: ServiceNode; played?: boolean; asked?: string[] } = {},
): Promise<string> => {
  const deps: StandingDeps = {
    session: { played: () => (played ? [{ service: 'wiki', by: 'stand-in' }] : []) },
    probeOf: ({ what }) => ({
      id: what,
      ask: async () => {
        asked.push(what);
        return answers[what] ?? ready();
      },
    }),
    clock: createVirtualClock(),
    signal: new AbortController().signal,
  };
  return describeStanding(await standingOf(service, deps));
};

describe('a service is', () => {
  it('usable, which takes the others for granted', async () => {
    expect(await climb({ alive: NO, ready: NO })).toBe('usable');
  });

  it('usable, with what its answer warns of', async () => {
    expect(await climb({ usable: readyBut('all of it', 'its token ends tomorrow') })).toBe(
      'usable, but its token ends tomorrow',
    );
  });

  it('ready, not usable: what it works with is missing', async () => {
    expect(await climb({ usable: NO })).toBe('ready, not usable: it said no');
  });

  it('alive, not ready: what keeps it from taking traffic is named', async () => {
    expect(await climb({ ready: notReady('mongo degraded'), usable: NO })).toBe('alive, not ready: mongo degraded');
  });

  it('not alive: its process is the trouble', async () => {
    expect(await climb({ alive: notReady('connection refused'), ready: NO, usable: NO })).toBe(
      'not alive: connection refused',
    );
  });

  it('not usable where that is the only question of its own', async () => {
    const { alive: _, ready: __, ...service } = wiki;
    const asked: string[] = [];
    expect(await climb({ usable: NO }, { service, asked })).toBe('alive, not usable: it said no');
    expect(asked.toSorted()).toEqual(['tcp', 'usable']);
  });

  it('not asked for its process where nobody plays it', async () => {
    const asked: string[] = [];
    expect(await climb({ usable: NO }, { played: false, asked })).toBe('not usable: it said no');
    expect(asked).toEqual(['usable']);
  });

  it('not asked at all when nobody comes through to it', async () => {
    const shut = unasked('the prober does not run yet');
    expect(await climb({ alive: shut, ready: shut, usable: shut })).toBe('not asked: the prober does not run yet');
  });

  it('judged without a question that an older prober does not know', async () => {
    const unknown = cannotTell(new ChatopsError('USAGE', { what: 'there is no kind alive' }));
    expect(await climb({ alive: unknown, ready: unknown, usable: NO })).toBe('not usable: it said no');
  });

  it('reported with the error of a question that waiting does not answer, in one line', async () => {
    const refused = cannotTell(new ChatopsError('LOGIN_REFUSED', { what: 'login refused', why: 'wrong\npassword' }));
    expect(await climb({ usable: refused })).toBe('ready, not usable: login refused: wrong password');
  });

  it('not there, in words that say why', () => {
    expect(describeStanding(absent('there is no wiki yet'))).toBe('there is no wiki yet');
  });
});

it('a question that hangs costs three seconds and is answered for', async () => {
  const clock = createVirtualClock();
  const standing = await standingOf(wiki, {
    session: { played: () => [{ service: 'wiki', by: 'stand-in' }] },
    probeOf: ({ what }) => ({
      id: what,
      ask: () => (what === 'usable' ? new Promise<Answer>(() => undefined) : Promise.resolve(ready())),
    }),
    clock,
    signal: new AbortController().signal,
  });
  expect(standing.usable).toEqual({ answer: 'no', why: 'no answer within 3.0 s' });
  expect(clock.now()).toBe(3_000);
});

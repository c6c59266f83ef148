import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../src/contracts/probe.ts';
import { awaitGate, describeReasons, type ReasonSpan, withReason } from '../../../src/engine/await-gate.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { cases } from '../../helpers/cases.ts';

const probeOf = (ask: (signal: AbortSignal, tries: number) => Promise<Answer>): Probe => {
  let tries = 0;
  return {
    id: 'probe',
    ask: (signal) => {
      tries += 1;
      return ask(signal, tries);
    },
  };
};

const gate = (probe: Probe, withinMs = 60_000, signal = new AbortController().signal, clock = createVirtualClock()) =>
  awaitGate(probe, { name: 'rocketchat', withinMs, clock, signal });

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

describe('a gate', () => {
  it('opens with the first ready answer and says how many tries it took', async () => {
    const opened = await gate(probeOf(async (_signal, tries) => (tries < 4 ? notReady('starting') : ready('8.5.1'))));
    expect(opened).toMatchObject({ tries: 4, detail: '8.5.1' });
  });

  it('asks densely at first and ever less often later', async () => {
    const clock = createVirtualClock();
    const asked: number[] = [];
    const probe = probeOf(async () => {
      asked.push(clock.now());
      return asked.length > 1 && clock.now() > 30_000 ? ready() : notReady('starting');
    });
    await gate(probe, 60_000, new AbortController().signal, clock);
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(pauses[0]).toBe(10);
    expect(Math.max(...pauses)).toBe(1_000);
    expect(pauses.every((pause, index) => index === 0 || pause >= (pauses[index - 1] ?? 0))).toBe(true);
  });

  it('ends at its deadline with the answers it got over time', async () => {
    const error = await failure(
      gate(
        probeOf(async (_signal, tries) => notReady(tries < 3 ? 'connection refused' : 'HTTP 503')),
        2_000,
      ),
    );
    expect(error).toBeInstanceOf(ChatopsError);
    expect(error).toMatchObject({ code: 'GATE_TIMED_OUT', exitStatus: 124 });
    expect((error as ChatopsError).why).toMatch(/2 times: connection refused\n.*times: HTTP 503/);
  });

  it('never outlives its deadline, whatever the probe does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30_000 }),
        fc.array(fc.integer({ min: 0, max: 20_000 })),
        async (withinMs, delays) => {
          const clock = createVirtualClock();
          const probe = probeOf(async (_signal, tries) => {
            await clock.sleep(delays[tries - 1] ?? 5);
            return notReady('starting');
          });
          const error = await failure(gate(probe, withinMs, new AbortController().signal, clock));
          expect(error).toMatchObject({ code: 'GATE_TIMED_OUT' });
          expect(clock.now()).toBeLessThanOrEqual(withinMs + 20_000);
        },
      ),
      { numRuns: cases(50) },
    );
  });

  it('counts a probe that hangs as not ready, even one that ignores its signal', async () => {
    const error = await failure(
      gate(
        probeOf(() => new Promise<Answer>(() => undefined)),
        25_000,
      ),
    );
    expect((error as ChatopsError).why).toContain('3 tries');
    expect((error as ChatopsError).why).toContain('no answer within');
  });

  it('does not report an ask that its own deadline cut off a moment after it was made', async () => {
    const clock = createVirtualClock();
    const probe = probeOf(async () => {
      if (clock.now() > 1_900) return new Promise<Answer>(() => undefined);
      return notReady('connection refused');
    });
    const error = await failure(gate(probe, 2_000, new AbortController().signal, clock));
    expect((error as ChatopsError).why).toContain('connection refused');
    expect((error as ChatopsError).why).not.toContain('no answer within');
  });

  it('gives up at once on what waiting cannot fix', async () => {
    const refused = new ChatopsError('LOGIN_REFUSED', { what: 'the bot cannot log in' });
    expect(await failure(gate(probeOf(async () => cannotTell(refused))))).toBe(refused);
  });

  it('stops with the reason of its signal when it is cancelled', async () => {
    const stop = new AbortController();
    const probe = probeOf(async () => {
      stop.abort(new Error('stopped by a user'));
      return notReady('starting');
    });
    expect(await failure(gate(probe, 60_000, stop.signal))).toMatchObject({ message: 'stopped by a user' });
  });

  it('reports every not-ready answer while it waits', async () => {
    const reported: string[] = [];
    await awaitGate(
      probeOf(async (_signal, tries) => (tries < 3 ? notReady(`try ${tries}`) : ready())),
      {
        name: 'x',
        withinMs: 1_000,
        clock: createVirtualClock(),
        signal: new AbortController().signal,
        onNotReady: (reason) => reported.push(reason),
      },
    );
    expect(reported).toEqual(['try 1', 'try 2']);
  });
});

describe('the history of answers', () => {
  it('folds repetitions and keeps the latest eight', () => {
    let spans: readonly ReasonSpan[] = [];
    for (let at = 0; at < 20; at += 1) spans = withReason(spans, `reason ${Math.floor(at / 2)}`, at);
    expect(spans).toHaveLength(8);
    expect(spans.at(-1)).toEqual({ reason: 'reason 9', count: 2, firstMs: 18, lastMs: 19 });
  });

  it('reads as lines with times', () => {
    const spans = withReason(withReason(withReason([], 'refused', 0), 'refused', 1_500), 'HTTP 502', 2_000);
    expect(describeReasons(spans)).toBe('0.0 s to 1.5 s, 2 times: refused\nat 2.0 s: HTTP 502');
  });
});

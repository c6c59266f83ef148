import { describe, expect, it } from 'vitest';
import { decide } from '../../../../../src/parts/relay/program/decide.ts';
import { markTried, nextSending, settle } from '../../../../../src/parts/relay/program/outbox.ts';
import { isFurther, progressOf } from '../../../../../src/parts/relay/program/progress.ts';
import { readState } from '../../../../../src/parts/relay/program/read-state.ts';
import type { RelaySettings } from '../../../../../src/parts/relay/program/settings.ts';
import {
  MOST_RUNS,
  MOST_SEEN,
  MOST_WAITING,
  nothingYet,
  type RelayState,
} from '../../../../../src/parts/relay/program/state.ts';
import { pipelineAt } from '../../../../helpers/relay.ts';
import { ownDelivery } from '../../../notifier/deliveries.ts';

const SETTINGS: RelaySettings = {
  channels: { builds: 'builds', ops: 'ops' },
  notifier: { locale: 'en' },
  rooms: {},
  filters: [],
  oneMessage: true,
};

const NOTHING_YET = nothingYet('a');

const given = (key: string, event = ownDelivery('job-failed') as ReturnType<typeof pipelineAt>, room = 'builds') => ({
  key,
  room,
  event,
});

const stateAfter = (deliveries: readonly ReturnType<typeof given>[], state: RelayState = NOTHING_YET): RelayState =>
  deliveries.reduce((now, delivery) => decide(delivery, now, SETTINGS).state, state);

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Everything that waits has been posted under the names m1, m2, … */
const posted = (state: RelayState, number = 1): RelayState => {
  const sending = nextSending(state, 'builds');
  if (!sending) return state;
  const how =
    sending.how === 'update' ? ({ kind: 'updated' } as const) : ({ kind: 'posted', id: `m${number}` } as const);
  return posted(settle(markTried(state, sending), sending, how), number + 1);
};

describe('what is decided of a delivery', () => {
  it('takes no more for a room than may wait for it, and goes on for the others', () => {
    const full = stateAfter(many(MOST_WAITING, (index) => given(`k${index}`)));
    expect(decide(given('one more'), full, SETTINGS)).toEqual({ outcome: 'full', state: full });
    expect(decide(given('elsewhere', undefined, 'ops'), full, SETTINGS).outcome).toBe('post');
  });

  it('remembers the latest deliveries and pipelines only', () => {
    const known = (index: number) => ({ key: `builds works ${index}`, progress: [0, 0, 5] as const, again: 0 });
    const full = { ...NOTHING_YET, seen: many(MOST_SEEN, (index) => `k${index}`), runs: many(MOST_RUNS, known) };
    const state = stateAfter([given('new', pipelineAt({ id: 99_999, status: 'success' }))], full);
    expect([state.seen.length, state.seen[0], state.seen.at(-1)]).toEqual([MOST_SEEN, 'k1', 'new']);
    expect([state.runs.length, state.runs[0]?.key]).toEqual([MOST_RUNS, 'builds works 1']);
    expect(decide(given('k7'), state, SETTINGS)).toEqual({ outcome: 'repeated', state });
  });

  it('replaces the news of a pipeline that is not posted yet, and adds to those on their way', () => {
    const pending = stateAfter([given('a', pipelineAt({ status: 'pending', jobs: { build: 'pending' } }))]);
    const running = given('b', pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    expect(decide(running, pending, SETTINGS).state.outbox).toHaveLength(1);
    const sending = nextSending(pending, 'builds');
    if (!sending) throw new Error('nothing to send');
    expect(decide(running, markTried(pending, sending), SETTINGS).state.outbox).toHaveLength(2);
  });

  it('wants of a room what its settings say, and of a place in it what they say of that place', () => {
    const wishes: RelaySettings = {
      ...SETTINGS,
      rooms: { builds: { events: ['pipeline'] } },
      filters: [{ room: 'builds', project: 'Works/Tram_Depot', events: ['job'] }],
    };
    const elsewhere = ownDelivery('job-failed');
    const project = { ...(elsewhere.payload.project as object), path_with_namespace: 'works/other' };
    const other = { ...elsewhere, payload: { ...elsewhere.payload, project } };
    expect(decide(given('a'), NOTHING_YET, wishes).outcome).toBe('post');
    expect(decide(given('b', other), NOTHING_YET, wishes).outcome).toBe('unwanted');
  });

  it('makes one message of a pipeline per room', () => {
    const running = pipelineAt({ status: 'running', jobs: { build: 'running' } });
    const state = posted(stateAfter([given('a', running), given('b', running, 'ops')]));
    const done = pipelineAt({ status: 'success', jobs: { build: 'success' } });
    const next = stateAfter([given('c', done), given('d', done, 'ops')], state);
    expect(nextSending(next, 'builds')).toMatchObject({ how: 'update', messageId: 'm1' });
    expect(nextSending(next, 'ops')).toMatchObject({ how: 'post' });
  });

  it('gives a message the same key when it is tried again, and another one after it was removed', () => {
    const state = stateAfter([given('a', pipelineAt({ status: 'running', jobs: { build: 'running' } }))]);
    const first = nextSending(state, 'builds');
    if (!first) throw new Error('nothing to send');
    const again = nextSending(markTried(state, first), 'builds');
    expect(again).toMatchObject({ how: 'find-or-post', key: first.key });
    const removed = nextSending(settle(markTried(state, first), first, { kind: 'gone' }), 'builds');
    expect(removed?.key).not.toBe(first.key);
    expect(nextSending({ ...state, instance: 'b' }, 'builds')?.key).not.toBe(first.key);
    expect(first.key).toMatch(/^[a-z0-9]{17}$/);
  });
});

describe('the state of a relay', () => {
  it('is the same after it was written and read', () => {
    const state = posted(stateAfter([given('a'), given('b', pipelineAt({ status: 'running' }))]));
    expect(readState(JSON.stringify(state), 'b')).toEqual({ state });
    expect(readState(undefined, 'a')).toEqual({ state: NOTHING_YET });
  });

  const part = (name: keyof RelayState, value: unknown): string => JSON.stringify({ ...NOTHING_YET, [name]: value });

  it.each([
    ...['', '{', 'null', '[]', '{"version":2}', '{"version":1,"seen":{}}'],
    ...[part('outbox', [{ room: 'ci' }]), part('runs', [null]), part('seen', [1]), part('memory', { ci: 1 })],
    part('outbox', [{ id: 'a', room: 'ci', tried: false, message: { line: [null] } }]),
  ])('begins anew and says what is wrong when it is %j', (text) => {
    const read = readState(text, 'a');
    expect(read.state).toEqual(NOTHING_YET);
    expect(read.damage?.why).toBeTruthy();
  });
});

describe('how far a pipeline is', () => {
  const at = (status: string, builds: readonly (readonly [number, string])[]) =>
    progressOf({ object_attributes: { status }, builds: builds.map(([id, job]) => ({ id, status: job })) });

  it('grows from state to state, when a job is tried again, and when a manual job is started', () => {
    const life = [
      at('created', [
        [1, 'created'],
        [2, 'created'],
      ]),
      at('pending', [
        [1, 'pending'],
        [2, 'created'],
      ]),
      at('running', [
        [1, 'running'],
        [2, 'created'],
      ]),
      at('running', [
        [1, 'success'],
        [2, 'running'],
      ]),
      at('failed', [
        [1, 'success'],
        [2, 'failed'],
      ]),
      at('running', [
        [1, 'success'],
        [3, 'pending'],
      ]),
      at('manual', [
        [1, 'success'],
        [3, 'success'],
        [4, 'manual'],
      ]),
      at('running', [
        [1, 'success'],
        [3, 'success'],
        [4, 'pending'],
      ]),
      at('success', [
        [1, 'success'],
        [3, 'success'],
        [4, 'success'],
      ]),
    ];
    for (const [index, now] of life.entries()) {
      for (const before of life.slice(0, index))
        expect([now, before, isFurther(now, before)]).toEqual([now, before, true]);
      for (const later of life.slice(index)) expect(isFurther(now, later)).toBe(false);
    }
  });

  it('is judged by its status alone where no jobs are known', () => {
    expect(isFurther(progressOf({ object_attributes: { status: 'running' } }), progressOf({}))).toBe(false);
    expect(isFurther(at('failed', []), at('running', []))).toBe(true);
  });
});

/** Any life of a relay: deliveries in any order, a chat that fails before or after its work, restarts at any moment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/parts/relay/program/decide.ts';
import { markTried, nextSending, type Settled, settle } from '../../src/parts/relay/program/outbox.ts';
import { progressOf } from '../../src/parts/relay/program/progress.ts';
import { readState } from '../../src/parts/relay/program/read-state.ts';
import type { RelaySettings } from '../../src/parts/relay/program/settings.ts';
import { nothingYet, type RelayState } from '../../src/parts/relay/program/state.ts';
import { cases } from '../helpers/cases.ts';
import { pipelineAt } from '../helpers/relay.ts';
import { ownDelivery } from '../unit/notifier/deliveries.ts';

const SETTINGS: RelaySettings = {
  channels: { builds: 'builds' },
  notifier: { locale: 'en' },
  rooms: {},
  filters: [],
  oneMessage: true,
};

const STATUSES = ['pending', 'running', 'success'] as const;

interface Sent {
  readonly key: string;
  readonly event: ReturnType<typeof pipelineAt>;
}

/** Pipelines in each of their states, and events that are none. */
const pipelines: readonly Sent[] = [1, 2, 3].flatMap((id) =>
  STATUSES.map((status) => ({ key: `${id} ${status}`, event: pipelineAt({ id, status, jobs: { build: status } }) })),
);
const others: readonly Sent[] = [0, 1, 2].map((index) => ({ key: `job ${index}`, event: ownDelivery('job-failed') }));

type Step =
  | { readonly what: 'deliver'; readonly sent: Sent }
  | { readonly what: 'send'; readonly how: 'works' | 'fails' | 'works, answer lost' | 'works, then killed' }
  | { readonly what: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...pipelines, ...others).map((sent) => ({ what: 'deliver', sent }) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('works', 'fails', 'works, answer lost', 'works, then killed')
      .map((how) => ({ what: 'send', how }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ what: 'restart' } as const) },
);

/** A chat that finds messages by their key, and what the relay makes of it. */
const createLife = () => {
  let state: RelayState = nothingYet('life');
  const chat = new Map<string, string[]>();
  const textOf = (message: unknown): string => JSON.stringify(message);
  const send = (how: Extract<Step, { what: 'send' }>['how']): void => {
    const sending = nextSending(state, 'builds');
    if (!sending) return;
    state = markTried(state, sending);
    if (how === 'fails') return;
    const text = textOf(sending.item.message);
    const key = sending.how === 'update' ? sending.messageId : sending.key;
    const isThere = chat.has(key);
    if (sending.how === 'update' && isThere) chat.get(key)?.push(text);
    // Tried before: it is looked for, and not posted again.
    if (sending.how === 'post' && isThere) throw new Error('posted twice');
    if (sending.how !== 'update' && !isThere) chat.set(key, [text]);
    if (how !== 'works') return;
    const settled: Settled = sending.how === 'update' ? { kind: 'updated' } : { kind: 'posted', id: key };
    state = settle(state, sending, settled);
  };
  return {
    chat,
    get: () => state,
    run: (each: Step): void => {
      if (each.what === 'deliver') {
        const { key, event } = each.sent;
        state = decide({ key, room: 'builds', event }, state, SETTINGS).state;
      } else if (each.what === 'send') send(each.how);
      if (each.what === 'restart' || (each.what === 'send' && each.how === 'works, then killed'))
        state = readState(JSON.stringify(state), 'another life').state;
    },
    drain: (): void => {
      while (nextSending(state, 'builds')) send('works');
    },
  };
};

describe('any life of a relay', () => {
  it('posts each event once, each pipeline in one message, and that as far as it was delivered', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const life = createLife();
        for (const each of steps) life.run(each);
        life.drain();
        const delivered = new Set(steps.flatMap((each) => (each.what === 'deliver' ? [each.sent] : [])));
        const runs = new Set(
          [...delivered].filter((sent) => pipelines.includes(sent)).map(({ key }) => key.split(' ')[0]),
        );
        const jobs = [...delivered].filter((sent) => others.includes(sent));
        expect(life.chat.size).toBe(runs.size + jobs.length);
        for (const id of runs) {
          const own = [...delivered].filter(({ key }) => key.startsWith(`${id} `));
          const furthest = own
            .map(({ event }) => progressOf(event.payload))
            .toSorted((a, b) => a[1] - b[1] || a[2] - b[2])
            .at(-1);
          expect(life.get().runs.find(({ key }) => key.endsWith(` ${id}`))?.progress).toEqual(furthest);
          const last =
            [...life.chat.values()].find((texts) => texts.some((text) => text.includes(`#${id}"`)))?.at(-1) ?? '';
          const wanted = own.some(({ key }) => key.endsWith('success'))
            ? 'passed'
            : own.some(({ key }) => key.endsWith('running'))
              ? 'running'
              : 'pending';
          expect(last).toContain(wanted);
        }
      }),
      { numRuns: cases(400) },
    );
  });
});

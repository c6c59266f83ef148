/** Where the stack's network cannot be reached from here, jobs run in it and this process only hears of them. */
import { describe, expect, it } from 'vitest';
import type { Inside } from '../../../src/contracts/engine.ts';
import type { Event } from '../../../src/contracts/event-sink.ts';
import type { Change, Job } from '../../../src/contracts/job.ts';
import { ready } from '../../../src/contracts/probe.ts';
import { converge } from '../../../src/engine/converge.ts';
import { look } from '../../../src/engine/look.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { aJob, aService, gate } from '../../builders/nodes.ts';
import { createFakeSession } from '../../fakes/fake-session.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const ROOM: Change = { action: 'create', resource: 'room', name: 'ops', cause: 'there is none' };
const NODES = [aService('chat'), aJob('setup', [gate('chat', 'usable')])];

/** Decides on `blank` alone; looking or applying here would be a fault. */
const blindJob: Job = {
  id: 'setup',
  blank: () => 'blank',
  observe: async () => expect.fail('observed in this process'),
  decide: (seen) => ({
    changes: seen === 'blank' ? [{ ...ROOM, name: 'of a new server' }] : [],
    conflicts: [],
    warnings: [],
  }),
  apply: async () => expect.fail('applied in this process'),
};

const deps = (inside: Partial<Inside>, existing: Record<string, string> = {}) => {
  const events: Event[] = [];
  return {
    events,
    session: { ...createFakeSession(existing), inside: inside as Inside },
    probeOf: () => ({ id: 'probe', ask: async () => ready() }),
    jobOf: async () => blindJob,
    clock: createVirtualClock(),
    signal: new AbortController().signal,
  };
};

describe('services inside the network', () => {
  it('are asked what their HEALTHCHECKs ask, and elsewhere for their readiness', async () => {
    const health = { what: 'tcp', endpoint: { service: 'chat', port: 2 } } as const;
    const chat = aService('chat', [], { health });
    const asked: unknown[] = [];
    const probeOf = (spec: unknown) => {
      asked.push(spec);
      return { id: 'probe', ask: async () => ready() };
    };
    const inside = deps({}, { chat: 'image:1' });
    const here = { ...inside, session: createFakeSession({ chat: 'image:1' }) };
    for (const world of [inside, here]) {
      await converge([chat], { ...world, probeOf, events: { emit: () => undefined } });
      await look([chat], [], { ...world, probeOf });
    }
    expect(asked).toEqual([health, health, chat.usable, chat.usable]);
  });
});

describe('jobs inside the network', () => {
  it('are run there, and what they report becomes events and the outcome of the node', async () => {
    const world = deps({
      runJob: async (_, { onChange, onWarning }) => {
        onChange(ROOM);
        onWarning('a tag is unknown');
      },
    });
    const { outcomes } = await converge(NODES, { ...world, events: { emit: (event) => world.events.push(event) } });
    expect(outcomes[1]).toMatchObject({ result: 'done', changes: [ROOM], warnings: ['a tag is unknown'] });
    expect(world.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['change', 'warning', 'node-done']));
  });

  it('fail with the error they ended with', async () => {
    const error = new ChatopsError('CONFLICT', { what: 'room ops in the way' });
    const world = deps({ runJob: () => Promise.reject(error) });
    const { outcomes } = await converge(NODES, { ...world, events: { emit: () => undefined } });
    expect(outcomes[1]).toMatchObject({ result: 'failed', error: { code: 'CONFLICT' } });
  });

  it('are planned there, and here where their server does not exist yet', async () => {
    const inside = { decideJob: async () => ({ changes: [ROOM], conflicts: [], warnings: [] }) };
    const there = await look(NODES, [], deps(inside, { chat: 'image:1' }));
    expect(there.plan.jobs[0]?.changes).toEqual([ROOM]);
    const nothing = await look(NODES, [], deps(inside));
    expect(nothing.plan.jobs[0]?.changes).toMatchObject([{ name: 'of a new server' }]);
  });

  it('are planned here, as not looked at, while what runs there was started without them', async () => {
    const { plan } = await look(NODES, [], deps({ decideJob: async () => undefined }, { chat: 'image:1' }));
    expect(plan.jobs[0]).toMatchObject({
      changes: [{ name: 'of a new server' }],
      unseen: expect.stringContaining('started without this job'),
    });
  });
});

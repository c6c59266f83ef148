/** What smoke and simulate ask a live stack through. */
import { describe, expect, it } from 'vitest';
import { notReady, type Probe, ready } from '../../../src/contracts/probe.ts';
import type { Gate, Offers, ProbeSpec, StackNode } from '../../../src/stack/stack.ts';
import { awaitChat, smokeDeps } from '../../../src/stages/live.ts';
import type { SessionContext } from '../../../src/stages/with-session.ts';
import type { LiveWorld } from '../../../src/stages/world.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aService, gate } from '../../builders/nodes.ts';
import { createFakeSession } from '../../fakes/fake-session.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { aDesired } from './a-world.ts';

const at = (service: string): ProbeSpec => ({ what: 'tcp', endpoint: { service, port: 1 } });
const signal = new AbortController().signal;
const published = (name: string, gates: readonly Gate[] = []) =>
  aService(name, gates, { container: { ...aService(name).container, publishes: { 1: 8001 } } });

/** @param readyAfter how often it is asked in vain */
const anSessionContext = (nodes: readonly StackNode[], readyAfter = 0) => {
  const session = createFakeSession({ chat: 'image:1', database: 'image:1' });
  const asked: string[] = [];
  const probe =
    (where: string) =>
    (spec: ProbeSpec): Probe => ({
      id: spec.what,
      ask: async () => {
        asked.push(where);
        return asked.length > readyAfter ? ready(`asked ${where}`) : notReady('it starts');
      },
    });
  const opened: SessionContext = {
    cautions: [],
    session,
    nodes,
    ports: {} as SessionContext['ports'],
    probes: PROBE_KINDS,
    probeOf: probe('inside'),
    probeFromHere: probe('from here'),
    jobOf: () => expect.unreachable(),
    clock: createVirtualClock(),
    signal,
  };
  return { opened, session, asked };
};

const depsOf = (opened: SessionContext) =>
  smokeDeps(
    aDesired(opened.nodes),
    { notifier: () => () => expect.unreachable(), checks: [] } as unknown as LiveWorld,
    opened,
    () => undefined,
  );

describe('a question of smoke', () => {
  it('is asked where users reach what is published, and inside the network of what is not', async () => {
    const { ask } = depsOf(anSessionContext([published('door'), aService('database')]).opened);
    expect(await ask(at('door'), 'the door', 0, signal)).toBe('asked from here');
    expect(await ask(at('database'), 'the database', 0, signal)).toBe('asked inside');
  });

  it('is asked once where nothing is waited for', async () => {
    const { opened, asked } = anSessionContext([aService('chat')], 1);
    await expect(depsOf(opened).ask(at('chat'), 'the chat', 0, signal)).rejects.toMatchObject({
      why: expect.stringContaining('it starts'),
    });
    expect(asked).toHaveLength(1);
  });

  it('is asked until it is answered where there is time, and no longer', async () => {
    const patient = depsOf(anSessionContext([aService('chat')], 3).opened);
    expect(await patient.ask(at('chat'), 'the chat', 5_000, signal)).toBe('asked inside');
    const hopeless = depsOf(anSessionContext([aService('chat')], Number.POSITIVE_INFINITY).opened);
    await expect(hopeless.ask(at('chat'), 'the chat', 5_000, signal)).rejects.toMatchObject({
      code: 'GATE_TIMED_OUT',
      what: expect.stringContaining('the chat'),
    });
  });
});

describe('a service that smoke needs', () => {
  it('is woken to be looked at, and named where it is not there', async () => {
    const { opened, session } = anSessionContext([aService('chat'), aService('forge')]);
    const { wake } = depsOf(opened);
    expect(await wake(aService('chat'), signal)).toBeUndefined();
    expect(await wake(aService('forge'), signal)).toBe('forge is not there, or does not run');
    expect(session.calls).toEqual(['wake chat look', 'wake forge look']);
  });
});

describe('the chat of a live stack', () => {
  const target = { kind: 'service', endpoint: { service: 'chat', port: 1 } } as const;
  const nodes = [
    aService('database'),
    aService('chat', [gate('database', 'usable')]),
    published('door', [gate('chat', 'usable')]),
    aService('forge', [gate('chat', 'usable')]),
  ];
  const withOffers = (offers: object) => {
    const desired = aDesired(nodes);
    return { ...desired, stack: { ...desired.stack, offers: offers as Offers } };
  };
  const withChat = (chat: object) => withOffers({ chat });

  it('is woken with what it stands on, and nothing else, and then waited for', async () => {
    const { opened, session, asked } = anSessionContext(nodes, 2);
    await awaitChat(withChat({ target, usable: at('chat') }), opened);
    expect(session.calls.toSorted()).toEqual(['wake chat look', 'wake database look']);
    expect(asked).toEqual(['inside', 'inside', 'inside']);
  });

  it('is woken together with what takes deliveries for it', async () => {
    const relay = { kind: 'relay', target: { kind: 'service', endpoint: { service: 'relay', port: 1 } } };
    const withRelay = [...nodes, aService('relay', [gate('chat', 'usable')])];
    const { opened, session } = anSessionContext(withRelay);
    const chat = { target: { kind: 'url', url: 'http://chat' }, usable: at('chat') };
    await awaitChat(withOffers({ chat, forge: { announces: [{}] }, receiver: relay }), opened);
    expect(session.calls.toSorted()).toEqual(['wake chat look', 'wake database look', 'wake relay look']);
  });

  it('is only waited for where it is one that exists already, for half a minute', async () => {
    const { opened, session } = anSessionContext(nodes, Number.POSITIVE_INFINITY);
    const existing = withChat({ target: { kind: 'url', url: 'http://chat' }, usable: at('chat') });
    await expect(awaitChat(existing, opened)).rejects.toMatchObject({ what: expect.stringContaining('30.0 s') });
    expect(session.calls).toEqual([]);
  });

  it('is not asked for in a stack without one', async () => {
    const { opened, session, asked } = anSessionContext(nodes);
    await awaitChat(aDesired(nodes), opened);
    expect([...session.calls, ...asked]).toEqual([]);
  });
});

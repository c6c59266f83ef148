import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/contracts/event-sink.ts';
import type { Job } from '../../../src/contracts/job.ts';
import { notReady, type Probe, ready, readyBut } from '../../../src/contracts/probe.ts';
import { converge } from '../../../src/engine/converge.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import type { TcpSpec } from '../../../src/probes/tcp.ts';
import type { JobSpec, ProbeSpec, StackNode } from '../../../src/stack/stack.ts';
import { aJob, aService, gate } from '../../builders/nodes.ts';
import { createFakeSession, type FakeSession } from '../../fakes/fake-session.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const nameOf = (spec: ProbeSpec | JobSpec): string =>
  'what' in spec ? (spec as TcpSpec).endpoint.service : String(spec.set ?? '');

interface World {
  readonly session?: FakeSession;
  readonly probe?: (service: string) => Probe['ask'];
  readonly apply?: (job: string) => Promise<void>;
  readonly signal?: AbortSignal;
}

const run = async (nodes: readonly StackNode[], world: World = {}) => {
  const session = world.session ?? createFakeSession();
  const events: Event[] = [];
  const jobOf = (spec: JobSpec): Job => {
    let done = false;
    return {
      id: nameOf(spec),
      blank: () => 0,
      observe: async () => 0,
      decide: () => ({
        changes: done ? [] : [{ action: 'create', resource: 'thing', name: nameOf(spec), cause: 'there is none' }],
        conflicts: [],
        warnings: [],
      }),
      apply: async () => {
        session.calls.push(`job ${nameOf(spec)}`);
        await world.apply?.(nameOf(spec));
        done = true;
      },
    };
  };
  const converged = await converge(nodes, {
    session,
    probeOf: (spec) => ({ id: nameOf(spec), ask: world.probe?.(nameOf(spec)) ?? (async () => ready()) }),
    jobOf: async (spec) => jobOf(spec),
    clock: createVirtualClock(),
    events: { emit: (event) => events.push(event) },
    signal: world.signal ?? new AbortController().signal,
  });
  const results = Object.fromEntries(converged.outcomes.map(({ node, result }) => [node, result]));
  return { ...converged, results, session, events };
};

const NOTHING_KNOWN = { container: undefined, ends: 0, lastEnd: undefined, lines: [], cause: undefined };

const chain = [
  aService('mongo'),
  aJob('set', [gate('mongo', 'usable')]),
  aService('chat', [gate('set', 'done')]),
  aJob('setup', [gate('chat', 'usable')]),
];

describe('a service that ends for good after it was ready', () => {
  it('ends the job that works on it at once, with its reason, and what waits for the job is not reached', async () => {
    const session = createFakeSession();
    const { results, outcomes } = await run(chain, {
      session,
      // Waits for a server that will never answer again.
      apply: () => {
        session.crash('mongo', 'its container ended with 137');
        return new Promise<void>(() => undefined);
      },
    });
    expect(results).toEqual({ mongo: 'ready', set: 'failed', chat: 'skipped', setup: 'skipped' });
    expect(outcomes.find(({ node }) => node === 'set')?.error).toMatchObject({
      code: 'SERVICE_FAILED',
      what: 'service mongo ended while set was at work',
      why: 'its container ended with 137',
    });
  });

  it('does not end a job that has nothing to do with it', async () => {
    const session = createFakeSession();
    const { results } = await run(chain, {
      session,
      apply: async (job) => {
        if (job === 'setup') session.crash('mongo', 'its container ended with 137');
      },
    });
    expect(results).toEqual({ mongo: 'ready', set: 'done', chat: 'ready', setup: 'done' });
  });
});

describe('converging a graph', () => {
  it('starts every node only after its gates, whatever the order they are listed in', async () => {
    const { session, results } = await run([...chain].reverse());
    expect(session.calls.filter((call) => !call.startsWith('wake'))).toEqual([
      'start mongo',
      'job set',
      'start chat',
      'job setup',
    ]);
    expect(results).toEqual({ mongo: 'ready', set: 'done', chat: 'ready', setup: 'done' });
  });

  it('warns of what the answer of a service warns of, and goes on', async () => {
    const probe = () => async () => readyBut('fine', 'its token ends tomorrow');
    const { outcomes, events, results } = await run([aService('chat')], { probe });
    expect(results).toEqual({ chat: 'ready' });
    expect(outcomes).toMatchObject([{ detail: 'fine', warnings: ['its token ends tomorrow'] }]);
    expect(events).toContainEqual({ type: 'warning', node: 'chat', text: 'its token ends tomorrow' });
  });

  it('calls a service ready only when it is complete too, and failed when it cannot be', async () => {
    const session = createFakeSession();
    const completed = async ({ name }: { readonly name: string }) => {
      if (name === 'chat') throw new ChatopsError('SERVICE_FAILED', { what: 'the disk is full' });
      session.calls.push(`complete ${name}`);
    };
    const { results, outcomes } = await run(chain, { session: { ...session, completed } });
    expect(results).toEqual({ mongo: 'ready', set: 'done', chat: 'failed', setup: 'skipped' });
    expect(outcomes).toContainEqual(
      expect.objectContaining({ node: 'chat', error: expect.objectContaining({ what: 'the disk is full' }) }),
    );
    expect(session.calls.indexOf('complete mongo')).toBeLessThan(session.calls.indexOf('job set'));
  });

  it('starts at once what waits for nothing', async () => {
    const { session } = await run([aService('gitlab'), ...chain]);
    expect(session.calls.slice(0, 2)).toEqual(['start gitlab', 'start mongo']);
  });

  it('lets "started" gates open before the service is ready', async () => {
    const probe = (service: string): Probe['ask'] => {
      let tries = 0;
      return async () => {
        tries += 1;
        return service === 'nginx' && tries < 3 ? notReady('502') : ready();
      };
    };
    const { session } = await run([aService('nginx'), aJob('early', [gate('nginx', 'started')])], { probe });
    expect(session.calls).toContain('job early');
  });

  it('skips what waits for a failure, names it, and lets the rest go on', async () => {
    const { results, outcomes } = await run(
      [...chain, aService('gitlab'), aJob('gitlab-setup', [gate('gitlab', 'usable')])],
      {
        apply: async (job) => {
          if (job === 'set') throw new ChatopsError('JOB_FAILED', { what: 'the set has another name' });
        },
      },
    );
    expect(results).toEqual({
      mongo: 'ready',
      set: 'failed',
      chat: 'skipped',
      setup: 'skipped',
      gitlab: 'ready',
      'gitlab-setup': 'done',
    });
    expect(outcomes.find(({ node }) => node === 'chat')?.because).toBe('set');
  });

  it('stops waiting the moment a service ends by itself', async () => {
    const session = createFakeSession();
    session.crash('mongo', 'exit 14, out of disk');
    const { outcomes } = await run(chain, { session, probe: () => async () => notReady('connection refused') });
    expect(outcomes[0]?.error).toMatchObject({ code: 'SERVICE_FAILED', why: 'exit 14, out of disk' });
  });

  it('stops waiting for a front door whose back end has failed', async () => {
    const door = aService('door', [], { readyThrough: ['chat'], readyWithinMs: 900_000 });
    const { results, outcomes } = await run([...chain, door, aJob('proof', [gate('door', 'usable')])], {
      probe: (name) => async () => (name === 'door' ? notReady('502') : ready()),
      apply: async (job) => {
        if (job === 'set') throw new ChatopsError('JOB_FAILED', { what: 'no majority' });
      },
    });
    expect(results).toMatchObject({ chat: 'skipped', door: 'skipped', proof: 'skipped' });
    expect(outcomes.find(({ node }) => node === 'door')?.because).toBe('chat');
  });

  it('reports a gate that never opens with its node, and skips the rest', async () => {
    const { outcomes, results } = await run(chain, {
      probe: (name) => async () => (name === 'chat' ? notReady('503') : ready()),
    });
    expect(outcomes.find(({ node }) => node === 'chat')?.error).toMatchObject({ code: 'GATE_TIMED_OUT' });
    expect(results.setup).toBe('skipped');
  });

  const interruption = new ChatopsError('INTERRUPTED', { what: 'stopped by SIGINT' });

  it('begins nothing when it was cancelled before, and calls nothing failed', async () => {
    const stop = new AbortController();
    stop.abort(interruption);
    const { outcomes, session } = await run(chain, { signal: stop.signal });
    expect(outcomes.map(({ result, because }) => [result, because])).toEqual(chain.map(() => ['skipped', undefined]));
    expect(session.calls).toEqual([]);
  });

  it('cancelled midway stops what is worked on, and what waits for that is not reached because of nobody', async () => {
    const stop = new AbortController();
    const { outcomes } = await run([aJob('set'), aJob('setup', [gate('set', 'usable')])], {
      signal: stop.signal,
      apply: async () => {
        stop.abort(interruption);
        stop.signal.throwIfAborted();
      },
    });
    expect(outcomes.map(({ result, because, error }) => [result, because, error])).toEqual([
      ['stopped', undefined, undefined],
      ['skipped', undefined, undefined],
    ]);
  });

  it('keeps a service that is no longer wanted until the jobs are done, then removes it', async () => {
    const { session, services } = await run([aService('mongo'), aJob('set', [gate('mongo', 'usable')])], {
      session: createFakeSession({ mongo: 'image:1', 'mongo-1': 'image:1' }),
    });
    expect(session.calls).toEqual(['wake mongo-1 run', 'start mongo', 'job set', 'remove mongo-1']);
    expect(services).toEqual([{ service: 'mongo-1', action: 'delete', cause: 'chatops.yaml no longer asks for it' }]);
  });

  it('removes nothing when something failed', async () => {
    const { session, services } = await run([aJob('set')], {
      session: createFakeSession({ 'mongo-1': 'image:1' }),
      apply: async () => {
        throw new ChatopsError('JOB_FAILED', { what: 'no majority' });
      },
    });
    expect(session.calls).not.toContain('remove mongo-1');
    expect(services).toEqual([]);
  });

  it('counts a service as changed only where it differs from what is there', async () => {
    const { services } = await run([aService('mongo'), aService('chat')], {
      session: createFakeSession({ mongo: 'image:1', chat: 'image:0' }),
    });
    expect(services).toEqual([{ service: 'chat', action: 'update', cause: 'image changed' }]);
  });

  it('reports of a failed node what the engine knows of it, and of no other', async () => {
    const session: FakeSession = {
      ...createFakeSession(),
      diagnose: async ({ name }) => ({ ...NOTHING_KNOWN, service: name }),
    };
    const { outcomes, events } = await run(chain, { session, probe: () => async () => notReady('503') });
    expect(outcomes.map(({ diagnosis }) => diagnosis?.service)).toEqual(['mongo', undefined, undefined, undefined]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'node-failed', diagnosis: outcomes[0]?.diagnosis }));
  });

  it.each([
    ['fails', () => Promise.reject(new Error('the engine is gone'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('reports the failure alone when the engine %s', async (_, diagnose) => {
    const session: FakeSession = { ...createFakeSession(), diagnose };
    const { outcomes } = await run(chain, { session, probe: () => async () => notReady('503') });
    expect(outcomes[0]?.error).toMatchObject({ code: 'GATE_TIMED_OUT' });
    expect(outcomes[0]).not.toHaveProperty('diagnosis');
  });

  it('reports with a crash what the probe had answered until then', async () => {
    const session = createFakeSession();
    let asked = 0;
    const { outcomes } = await run([aService('mongo')], {
      session,
      probe: () => async () => {
        asked += 1;
        if (asked === 3) session.crash('mongo', 'its container ended with 14');
        return notReady('connection refused');
      },
    });
    expect(outcomes[0]?.error?.why).toMatch(
      /^its container ended with 14\nthe answers of its probe.*\n.* times: connection refused/,
    );
  });

  it('ends a job that hangs at its deadline, though it does not obey its signal', async () => {
    const { outcomes } = await run([aJob('set')], { apply: () => new Promise(() => undefined) });
    expect(outcomes[0]?.error).toMatchObject({ code: 'GATE_TIMED_OUT', what: 'job set did not end within 60 s' });
  });
});

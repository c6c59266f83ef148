import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/contracts/job.ts';
import { notReady, ready } from '../../../src/contracts/probe.ts';
import { look, servicesBehind } from '../../../src/engine/look.ts';
import { changeCount, planToText } from '../../../src/engine/plan.ts';
import { USABLE } from '../../../src/engine/standing.ts';
import type { TcpSpec } from '../../../src/probes/tcp.ts';
import type { StackNode } from '../../../src/stack/stack.ts';
import { aJob, aService, gate } from '../../builders/nodes.ts';
import { createFakeSession } from '../../fakes/fake-session.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

/** A job that wants 'ops' and 'ci'; a server seen has 'ops' already, a new one has nothing. */
const rooms: Job<readonly string[]> = {
  id: 'rooms',
  blank: () => [],
  observe: async () => ['ops'],
  decide: (seen) => ({
    changes: ['ops', 'ci']
      .filter((name) => !seen.includes(name))
      .map((name) => ({ action: 'create', resource: 'room', name, cause: 'there is none' }) as const),
    conflicts: [],
    warnings: [],
  }),
  apply: async () => {
    throw new Error('a plan applies nothing');
  },
};

const see = async (nodes: readonly StackNode[], existing: Record<string, string>, unready: readonly string[] = []) => {
  const session = createFakeSession(existing);
  const seen = await look(
    nodes,
    [{ path: 'compose.yaml', action: 'update', cause: 'the rendering differs in 2 lines' }],
    {
      session,
      probeOf: (spec) => ({
        id: 'probe',
        ask: async () =>
          unready.includes((spec as TcpSpec).endpoint.service) ? notReady('connection refused') : ready(),
      }),
      jobOf: () => rooms as Job,
      clock: createVirtualClock(),
      signal: new AbortController().signal,
    },
  );
  return { ...seen, session };
};

const nodes = [aService('chat'), aJob('setup', [gate('chat', 'usable')])];

describe('a plan', () => {
  it('of nothing at all lists everything as for a new server, and starts nothing', async () => {
    const { plan, session } = await see(nodes, {});
    expect(planToText(plan)).toBe(`files
  ~ compose.yaml  (the rendering differs in 2 lines)

services
  + chat  (there is none yet)

setup
  (as for a new server: there is no chat yet)
  + room ops  (there is none)
  + room ci  (there is none)

4 changes: 1 file, 1 service, 2 objects
`);
    expect(session.calls).toEqual([]);
  });

  it('looks at servers that are there and lists only what differs', async () => {
    const { plan } = await see(nodes, { chat: 'image:1' });
    expect(plan.jobs).toEqual([
      {
        job: 'setup',
        conflicts: [],
        warnings: [],
        changes: [{ action: 'create', resource: 'room', name: 'ci', cause: 'there is none' }],
      },
    ]);
    expect(changeCount(plan)).toBe(2);
  });

  it('asks a server that is there what it was started for, not what it is to become', async () => {
    const session = createFakeSession({ chat: 'image:1' });
    const started = { what: 'tcp', endpoint: { service: 'as-started', port: 1 } } as const;
    const asked: unknown[] = [];
    await look(nodes, [], {
      session: {
        ...session,
        observe: async () =>
          new Map([['chat', { name: 'chat', running: true, fingerprint: { image: 'image:1' }, usable: started }]]),
      },
      probeOf: (spec) => ({
        id: 'probe',
        ask: async () => {
          asked.push(spec);
          return ready();
        },
      }),
      jobOf: () => rooms as Job,
      clock: createVirtualClock(),
      signal: new AbortController().signal,
    });
    expect(asked).toEqual([started]);
  });

  it('looks at a server that already is as it is to become, whatever it was started for', async () => {
    const session = createFakeSession({ chat: 'image:1' });
    const clock = createVirtualClock();
    const started = { what: 'tcp', endpoint: { service: 'as-started', port: 1 } } as const;
    const { services } = await look(nodes, [], {
      session: {
        ...session,
        observe: async () =>
          new Map([['chat', { name: 'chat', running: false, fingerprint: { image: 'image:1' }, usable: started }]]),
      },
      probeOf: (spec) => ({
        id: 'probe',
        ask: async () => (spec === started ? notReady('it has gone') : ready()),
      }),
      jobOf: () => rooms as Job,
      clock,
      signal: new AbortController().signal,
    });
    expect(services.get('chat')).toEqual(USABLE);
    expect(clock.now()).toBe(0);
  });

  it('says why a server that is there could not be looked at', async () => {
    const { plan, services } = await see(nodes, { chat: 'image:1' }, ['chat']);
    expect(plan.jobs[0]?.unseen).toBe('chat is not usable: connection refused');
    expect(services.get('chat')?.usable).toEqual({ answer: 'no', why: 'connection refused' });
  });

  const afterThirtySeconds = async (running: boolean) => {
    const session = createFakeSession({ chat: 'image:1' });
    const clock = createVirtualClock();
    return look([aService('chat')], [], {
      session: {
        ...session,
        observe: async () => new Map([['chat', { name: 'chat', running, fingerprint: { image: 'image:1' } }]]),
      },
      probeOf: () => ({
        id: 'probe',
        ask: async () => (clock.now() < 30_000 ? notReady('still booting') : ready()),
      }),
      jobOf: () => rooms as Job,
      clock,
      signal: new AbortController().signal,
    });
  };

  it('waits for the boot of a server that was started only to be looked at', async () => {
    expect((await afterThirtySeconds(false)).services.get('chat')).toEqual(USABLE);
  });

  it('does not wait that long for a server that runs and does not answer', async () => {
    expect((await afterThirtySeconds(true)).services.get('chat')?.usable).toEqual({
      answer: 'no',
      why: 'still booting',
    });
  });

  it('starts what it wants to look at in the order of the gates', async () => {
    const session = createFakeSession({ chat: 'image:1', database: 'image:1' });
    const clock = createVirtualClock();
    const events: string[] = [];
    const stopped = (name: string) => [name, { name, running: false, fingerprint: { image: 'image:1' } }] as const;
    await look(
      [aService('chat', [gate('set', 'done')]), aJob('set', [gate('database', 'usable')]), aService('database')],
      [],
      {
        session: {
          ...session,
          observe: async () => new Map([stopped('chat'), stopped('database')]),
          wake: async (name) => {
            events.push(`${name} is started`);
            return true;
          },
        },
        probeOf: (spec) => ({
          id: 'probe',
          ask: async () => {
            if (clock.now() < 5_000) return notReady('still booting');
            events.push(`${(spec as TcpSpec).endpoint.service} is ready`);
            return ready();
          },
        }),
        jobOf: () => rooms as Job,
        clock,
        signal: new AbortController().signal,
      },
    );
    expect(events).toEqual(['database is started', 'database is ready', 'chat is started', 'chat is ready']);
  });

  it('looks at a set that is to get one more member, although that member is not there yet', async () => {
    const grown = [
      aService('mongo'),
      aService('mongo-1'),
      aJob('set', [gate('mongo', 'usable'), gate('mongo-1', 'usable')]),
    ].map((node) => (node.kind === 'service' ? { ...node, role: 'mongo' as const } : node));
    const { plan } = await see(grown, { mongo: 'image:1' });
    expect(plan.jobs[0]?.unseen).toBeUndefined();
    expect(plan.services).toEqual([{ service: 'mongo-1', action: 'create', cause: 'there is none yet' }]);
  });

  it('wakes what is left over, so that a job can move away from it, and plans its removal', async () => {
    const { plan, session } = await see(nodes, { chat: 'image:1', old: 'image:1' });
    expect(session.calls).toContain('wake old look');
    expect(plan.services).toEqual([{ service: 'old', action: 'delete', cause: 'chatops.yaml no longer asks for it' }]);
  });

  it('shows conflicts and warnings with their job', () => {
    const text = planToText({
      files: [],
      services: [],
      jobs: [
        {
          job: 'setup',
          changes: [],
          conflicts: [{ resource: 'room', name: 'ops', why: 'a user made it', next: 'rename one' }],
          warnings: ['the script is old'],
        },
      ],
    });
    expect(text).toBe('setup\n  ! room ops: a user made it\n  warning: the script is old\n\n0 changes, 1 conflict\n');
  });
});

describe('the services behind a job', () => {
  it('are found through any number of gates, each once', () => {
    const graph = [
      aService('a'),
      aJob('b', [gate('a', 'usable')]),
      aService('c', [gate('b', 'done'), gate('a', 'usable')]),
      aJob('d', [gate('c', 'usable')]),
    ];
    expect(servicesBehind(graph[3] as StackNode, graph).map(({ name }) => name)).toEqual(['a', 'c']);
  });
});

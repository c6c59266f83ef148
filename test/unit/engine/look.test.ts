import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/contracts/job.ts';
import { notReady, ready } from '../../../src/contracts/probe.ts';
import { look } from '../../../src/engine/look.ts';
import { changeCount, planToText } from '../../../src/engine/plan.ts';
import { servicesAsked, servicesBehind } from '../../../src/engine/services-behind.ts';
import { USABLE } from '../../../src/engine/standing.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import type { TcpSpec } from '../../../src/probes/tcp.ts';
import type { JobNode, JobSpec, StackNode } from '../../../src/stack/stack.ts';
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

const see = async (
  nodes: readonly StackNode[],
  existing: Record<string, string>,
  unready: readonly string[] = [],
  observe: Job['observe'] = rooms.observe,
) => {
  const session = createFakeSession(existing);
  const specs: string[] = [];
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
      jobOf: async ({ job }) => {
        specs.push(job);
        return { ...rooms, observe } as Job;
      },
      clock: createVirtualClock(),
      signal: new AbortController().signal,
    },
  );
  return { ...seen, session, specs };
};

const nodes = [aService('chat'), aJob('setup', [gate('chat', 'usable')])];

/** A job that waits for everything, and names the addresses of some. */
const asking = (name: string, without: Readonly<Record<string, JobSpec>>, services: readonly string[]): JobNode => ({
  ...aJob(name, [gate('chat', 'usable'), gate('added', 'usable')]),
  job: { job: name, asks: services.map((service) => ({ service, port: 1 })) },
  without,
});
/** The same job, as it is looked at without one of them. */
const INSTEAD = { job: 'instead', asks: { service: 'chat', port: 1 } };
const ADDED = [aService('chat', [], { role: 'chat' }), aService('added', [], { role: 'added' })];

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
      jobOf: async () => rooms as Job,
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
      jobOf: async () => rooms as Job,
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
      jobOf: async () => rooms as Job,
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
        jobOf: async () => rooms as Job,
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

  it('looks at a server that is there although one is to be added that the job does not ask', async () => {
    const { plan } = await see([...ADDED, asking('setup', {}, ['chat'])], { chat: 'image:1' });
    expect(plan.jobs[0]?.unseen).toBeUndefined();
    expect(plan.jobs[0]?.changes.map(({ name }) => name)).toEqual(['ci']);
  });

  it('takes a server for a new one where what keeps its data is not there yet', async () => {
    const { plan } = await see(
      [
        aService('store', [], { role: 'store', keepsData: true }),
        aService('chat', [gate('store', 'usable')]),
        asking('setup', {}, ['chat']),
      ],
      { chat: 'image:1' },
    );
    expect(plan.jobs[0]?.unseen).toBe('there is no store yet');
  });

  it('looks at a job as it says itself while a server is not there yet that it asks', async () => {
    const nodes = [...ADDED, asking('setup', { added: INSTEAD }, ['chat', 'added'])];
    const { plan, specs } = await see(nodes, { chat: 'image:1' });
    expect(plan.jobs[0]?.unseen).toBeUndefined();
    expect(specs).toEqual(['instead']);
  });

  it('looks at that job as at any other once that server is there', async () => {
    const nodes = [...ADDED, asking('setup', { added: INSTEAD }, ['chat', 'added'])];
    const { specs } = await see(nodes, { chat: 'image:1', added: 'image:1' });
    expect(specs).toEqual(['setup']);
  });

  it('plans that job as for new servers where another one is missing too', async () => {
    const nodes = [...ADDED, asking('setup', { added: INSTEAD }, ['chat', 'added'])];
    const { plan } = await see(nodes, {});
    expect(plan.jobs[0]?.unseen).toBe('there is no chat yet');
  });

  describe('of a job that asks a server outside the stack once it has what another one makes', () => {
    const outside = (job: JobNode): readonly StackNode[] => [
      ...ADDED,
      aJob('maker', [gate('chat', 'usable')]),
      { ...job, gates: [gate('maker', 'done'), gate('added', 'usable')] },
    ];
    const node = asking('setup', { maker: { job: 'instead' } }, ['chat']);

    it('looks at that server before there is anything inside', async () => {
      const { plan, specs, session } = await see(outside(node), {});
      expect(specs).toContain('instead');
      expect(plan.jobs[1]).toMatchObject({ job: 'setup', changes: [{ name: 'ci' }] });
      expect(plan.jobs[1]?.unseen).toBeUndefined();
      expect(session.calls).toEqual([]);
    });

    it('plans it as for a new one where that does not answer, and says so', async () => {
      const { plan } = await see(outside(node), {}, [], async () => {
        throw new ChatopsError('UNREACHABLE', { what: 'git.example.org does not answer' });
      });
      expect(plan.jobs[1]).toMatchObject({
        changes: [{ name: 'ops' }, { name: 'ci' }],
        unseen: expect.stringContaining('git.example.org does not answer'),
      });
    });

    it('ends with what it refuses', async () => {
      const refused = see(outside(node), {}, [], async () => {
        throw new ChatopsError('TOKEN_INVALID', { what: 'the token has expired' });
      });
      await expect(refused).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    });

    it('looks at it as at any other once there is what the other one works on', async () => {
      const { specs } = await see(outside(node), { chat: 'image:1', added: 'image:1' });
      expect(specs).toContain('setup');
    });
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

describe('the services that a job asks', () => {
  const names = (job: JobNode, nodes: readonly StackNode[]) => servicesAsked(job, nodes).map(({ name }) => name);

  it('are all that it waited for where it names none of them', () => {
    expect(names(asking('setup', {}, []), ADDED)).toEqual(['chat', 'added']);
  });

  it('are those that it names, also by an address that users type', () => {
    const door = aService('door');
    const node = { ...door, container: { ...door.container, aliases: ['chat.example.org'] } };
    const job = {
      ...aJob('proof', [gate('chat', 'usable')]),
      job: { job: 'proof', publicUrl: 'http://chat.example.org' },
    };
    expect(names(job, [...ADDED, node])).toEqual(['door']);
  });

  it('are also those that it can be looked at without', () => {
    expect(names(asking('setup', { added: INSTEAD }, ['chat']), ADDED)).toEqual(['chat', 'added']);
  });
});

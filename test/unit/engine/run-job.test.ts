import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Decision, Job } from '../../../src/contracts/job.ts';
import { conflictError, runJob } from '../../../src/engine/run-job.ts';
import type { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { cases } from '../../helpers/cases.ts';

const create = (name: string): Change => ({ action: 'create', resource: 'room', name, cause: 'there is none' });
const decision = (changes: readonly Change[], rest: Partial<Decision> = {}): Decision => ({
  changes,
  conflicts: [],
  warnings: [],
  ...rest,
});

/** A server that holds names; the job wants `wanted` to be there. */
const roomsJob = (
  wanted: readonly string[],
  server: Set<string>,
  apply: (name: string) => void = (name) => void server.add(name),
): Job => ({
  id: 'rooms',
  blank: () => [],
  observe: async () => [...server],
  decide: (seen) => decision(wanted.filter((name) => !(seen as string[]).includes(name)).map(create)),
  apply: async ({ name }) => apply(name),
});

const run = (job: Job, withinMs = 60_000) =>
  runJob(job, { withinMs, clock: createVirtualClock(), signal: new AbortController().signal });

const failure = async (promise: Promise<unknown>): Promise<ChatopsError> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (thrown: ChatopsError) => thrown,
  );

describe('running a job', () => {
  it('applies what was decided, in order, and looks again', async () => {
    const server = new Set<string>();
    const { changes } = await run(roomsJob(['ops', 'ci'], server));
    expect(changes.map(({ name }) => name)).toEqual(['ops', 'ci']);
    expect([...server]).toEqual(['ops', 'ci']);
  });

  it('changes nothing the second time', async () => {
    const server = new Set<string>();
    await run(roomsJob(['ops'], server));
    expect((await run(roomsJob(['ops'], server))).changes).toEqual([]);
  });

  it('applies nothing at all when one thing is in conflict', async () => {
    const server = new Set<string>();
    const job: Job = {
      ...roomsJob(['ops'], server),
      decide: () =>
        decision([create('ops')], {
          conflicts: [{ resource: 'room', name: 'ci', why: 'made by hand', next: 'rename it' }],
        }),
    };
    expect(await failure(run(job))).toMatchObject({ code: 'CONFLICT', exitStatus: 1, next: 'rename it' });
    expect(server.size).toBe(0);
  });

  it('reports a change that does not stick instead of repeating it', async () => {
    const error = await failure(run(roomsJob(['ops'], new Set(), () => undefined)));
    expect(error).toMatchObject({ code: 'JOB_NOT_CONVERGING' });
    expect(error.why).toContain('create room ops');
  });

  it('applies one change a round where a server reconfigures itself in between', async () => {
    const members: number[] = [0];
    const rounds: number[] = [];
    const job: Job = {
      id: 'members',
      blank: () => [],
      observe: async () => [...members],
      decide: (seen) => {
        const missing = [1, 2].filter((id) => !(seen as number[]).includes(id));
        return decision(
          missing.map((id) => create(String(id))),
          { more: missing.length > 0 },
        );
      },
      apply: async ({ name }) => {
        rounds.push(members.length);
        members.push(Number(name));
      },
    };
    await run(job);
    expect(rounds).toEqual([1, 2]);
  });

  it('waits for a server that is still busy with itself, up to the deadline', async () => {
    const busy: Job = {
      id: 'busy',
      blank: () => 0,
      observe: async () => 0,
      decide: () => decision([], { more: true }),
      apply: async () => undefined,
    };
    expect(await failure(run(busy, 5_000))).toMatchObject({ code: 'GATE_TIMED_OUT', exitStatus: 124 });
  });

  it('reports what it waits for once that takes longer than a moment, and again when it changes', async () => {
    const reported: string[] = [];
    const clock = createVirtualClock();
    let looks = 0;
    const waitingJob: Job = {
      id: 'waiting',
      blank: () => 0,
      observe: async () => looks,
      decide: (seen) => decision(seen === 0 ? [create('proof')] : []),
      apply: async (_change, signal, waiting) => {
        for (; looks < 100; looks += 1) {
          waiting(looks < 60 ? 'pipeline 2 is pending' : 'pipeline 2 is running');
          await clock.sleep(100, signal);
        }
      },
    };
    const options = {
      clock,
      signal: new AbortController().signal,
      onWaiting: (text: string) => void reported.push(text),
    };
    await runJob(waitingJob, { ...options, withinMs: 60_000 });
    expect(reported).toEqual(['pipeline 2 is pending', 'pipeline 2 is running']);
  });

  it('ends a wait at the deadline of the job, with what it waited for', async () => {
    const clock = createVirtualClock();
    const waitingJob: Job = {
      ...roomsJob(['ops'], new Set()),
      apply: async (_change, signal, waiting) => {
        for (;;) {
          waiting('pipeline 2 is pending');
          await clock.sleep(100, signal);
        }
      },
    };
    const running = runJob(waitingJob, { withinMs: 5_000, clock, signal: new AbortController().signal });
    expect(await failure(running)).toMatchObject({ code: 'GATE_TIMED_OUT', why: 'pipeline 2 is pending' });
    expect(clock.now()).toBeLessThan(5_200);
  });

  it('reports each warning once, however often it is decided', async () => {
    const reported: string[] = [];
    const server = new Set<string>();
    const plain = roomsJob(['ops'], server);
    await runJob(
      { ...plain, decide: (seen) => ({ ...plain.decide(seen), warnings: ['chat is far away'] }) },
      {
        withinMs: 1_000,
        clock: createVirtualClock(),
        signal: new AbortController().signal,
        onWarning: (text) => reported.push(text),
      },
    );
    expect(reported).toEqual(['chat is far away']);
  });

  it('converges after a kill at any change, with nothing made twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        fc.nat(8),
        async (wanted, killAt) => {
          const server = new Set<string>();
          const made: string[] = [];
          const make = (name: string): void => {
            made.push(name);
            server.add(name);
          };
          let calls = 0;
          const dying = roomsJob(wanted, server, (name) => {
            make(name);
            calls += 1;
            if (calls === killAt) throw new Error('killed after the call');
          });
          await run(dying).catch(() => undefined);
          await run(roomsJob(wanted, server, make));
          expect([...server].sort()).toEqual([...wanted].sort());
          expect(made).toHaveLength(wanted.length);
        },
      ),
      { numRuns: cases(100) },
    );
  });
});

it('a conflict that several objects share has its remedy once', () => {
  const inTheWay = (name: string) => ({ resource: 'room', name, why: 'it is theirs', next: 'rename the stack' });
  expect(conflictError('setup', [inTheWay('ops'), inTheWay('ci')])).toMatchObject({
    what: 'setup changed nothing: room ops, room ci in the way',
    next: 'rename the stack',
  });
});

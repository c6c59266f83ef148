import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientsOf, type Ports, provide } from '../../src/contracts/ports.ts';
import { runJob } from '../../src/engine/run-job.ts';
import {
  MONGO,
  type RefusalReason,
  type ReplicaSetConfig,
  type ReplicaSetMember,
} from '../../src/parts/mongodb/mongo.ts';
import { createReplicaSetJob } from '../../src/parts/mongodb/setup/job.ts';
import { cases } from '../helpers/cases.ts';
import { createModel, Killed, type Model, type ModelFault, type ModelStart } from './replica-set-model.ts';

const service = (ordinal: number): string => (ordinal === 0 ? 'mongo' : `mongo-${ordinal}`);
const host = (ordinal: number): string => `${service(ordinal)}:27017`;
const ALL = [0, 1, 2, 3, 4];

const BY_HAND: readonly Partial<ReplicaSetMember>[] = [
  { arbiterOnly: true, priority: 0 },
  { hidden: true, priority: 0, votes: 0, secondaryDelaySecs: 3600 },
  { priority: 5, tags: { dc: 'east' } },
];

/** Ours, then a user's; numbers with gaps, tags as older versions of us (none) or this one wrote them. */
const aConfig = fc
  .record({
    size: fc.integer({ min: 1, max: 5 }),
    hand: fc.subarray([0, 1, 2]),
    gap: fc.integer({ min: 0, max: 3 }),
    tagged: fc.boolean(),
    version: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(({ size, hand, gap, tagged, version }): ReplicaSetConfig => {
    const ours = ALL.slice(0, size).map((ordinal) => ({
      _id: ordinal * (gap + 1),
      host: host(ordinal),
      ...(tagged ? { tags: { 'chatops-up': service(ordinal) } } : {}),
    }));
    const theirs = hand.map((kind, index) => ({ _id: 50 + index, host: `hand-${kind}:27017`, ...BY_HAND[kind] }));
    const members = [...ours, ...theirs];
    return { _id: 'rs0', version, members, settings: { replicaSetId: 'old' }, later: { kept: true } };
  })
  .filter(({ members }) => members.filter(({ votes }) => votes !== 0).length <= 7);

const reason = fc.constantFrom<RefusalReason>(
  'config-incompatible',
  'config-in-progress',
  'config-not-committed',
  'interrupted',
  'timed-out',
);
const fault: fc.Arbitrary<ModelFault> = fc.oneof(
  fc.record({ kind: fc.constant('lost' as const), afterWork: fc.boolean() }),
  fc.record({ kind: fc.constant('refused' as const), reason }),
  fc.record({ kind: fc.constant('killed' as const), afterWork: fc.boolean() }),
);

const start = fc
  .record({
    config: fc.option(aConfig, { nil: undefined }),
    misnamed: fc.boolean(),
    faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 80 }), fault), { maxLength: 8 }),
    outages: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...ALL.map(host)), fc.integer({ min: 1, max: 20 })),
      { maxLength: 3 },
    ),
  })
  .map(({ config, misnamed, faults, outages }): ModelStart => {
    const wrong = config !== undefined && misnamed ? 'localhost:27017' : undefined;
    const members = config?.members.map((each) =>
      wrong !== undefined && each.host === host(0) ? { _id: each._id, host: wrong } : each,
    );
    return {
      hosts: [...ALL.map(host), 'hand-0:27017', 'hand-1:27017', 'hand-2:27017'],
      ...(config === undefined || members === undefined ? {} : { config: { ...config, members } }),
      ...(wrong === undefined ? {} : { aliases: { [wrong]: host(0) } }),
      faults: new Map(faults),
      outages: new Map(outages.map(([tick, name, ticks]) => [tick, { host: name, ticks }])),
    };
  });

const jobOver = (model: Model, size: number) => {
  const used: Partial<Ports> = {
    client: clientsOf([provide(MONGO, model.mongo)]),
    clock: model.clock,
    addresses: { resolve: ({ service: name, port }) => ({ host: name, port }) },
  };
  const members = ALL.slice(0, size).map((ordinal) => ({ service: service(ordinal), port: 27017 }));
  return createReplicaSetJob({ job: 'mongo-replica-set', set: 'rs0', members }, used as Ports);
};

/** Runs again whenever it was killed, as a user or a restart policy would. */
const runUntilDone = async (model: Model, size: number): Promise<void> => {
  const options = { withinMs: 120_000, clock: model.clock, signal: new AbortController().signal };
  for (;;) {
    try {
      await runJob(jobOver(model, size), options);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
    }
  }
};

describe('the replica set, from any state, through kills, lost answers, refusals and outages', () => {
  it('converges, one voter a step, never below a majority, a user’s members untouched', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.integer({ min: 1, max: 5 }), async (from, size) => {
        const voters = (from.config?.members ?? []).filter(
          ({ host: name, votes }) => name.startsWith('hand') && votes !== 0,
        );
        fc.pre(voters.length + size <= 7);
        const model = createModel(from);
        await runUntilDone(model, size);
        expect(model.broken).toEqual([]);
        const hosts = model.config()?.members.map(({ host: name }) => name) ?? [];
        expect(hosts.filter((name) => !name.startsWith('hand')).sort()).toEqual(ALL.slice(0, size).map(host).sort());
        const states = model.states();
        expect(Object.values(states)).toContain('primary');
        for (const ordinal of ALL.slice(0, size)) expect(states[host(ordinal)]).toMatch(/^(primary|secondary)$/);
        const theirs = from.config?.members.filter(({ host: name }) => name.startsWith('hand')) ?? [];
        expect(model.config()?.members.filter(({ host: name }) => name.startsWith('hand'))).toEqual(theirs);
        if (from.config !== undefined) expect(model.config()).toMatchObject({ later: { kept: true } });
      }),
      { numRuns: cases(400) },
    );
  });

  it('decides on nothing when it is run again', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.integer({ min: 1, max: 4 }), async (from, size) => {
        const model = createModel({ ...from, faults: new Map(), outages: new Map() });
        await runUntilDone(model, size);
        const version = model.config()?.version;
        const again = await runJob(jobOver(model, size), {
          withinMs: 60_000,
          clock: model.clock,
          signal: new AbortController().signal,
        });
        expect(again.changes).toEqual([]);
        expect(model.config()?.version).toBe(version);
      }),
      { numRuns: cases(150) },
    );
  });
});

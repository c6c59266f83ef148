import { describe, expect, it } from 'vitest';
import { createMongo } from '../../../../../src/parts/mongodb/client/mongo.ts';
import type { MongoNode, MongoPort, ReplicaSetConfig } from '../../../../../src/parts/mongodb/mongo.ts';
import { admin, configOf, direct, helloUntil, initiated, isPrimary } from '../../../../standins/mongod/nodes.ts';
import { changeLines, liveSet } from './live-set.ts';

const hostsOf = async (node: Parameters<typeof direct>[0]) =>
  ((await configOf(await direct(node))).members as { _id: number; host: string }[]).map(
    ({ _id, host }) => `${_id}=${host}`,
  );

describe('the replica set job over real sockets', () => {
  it('makes a set of one, and finds nothing to do afterwards', async () => {
    const set = await liveSet(1);
    expect(changeLines(await set.run(1))).toEqual(['create replica set rs0']);
    const writes = set.nodes[0]?.standin.ledger?.totals().write;
    expect(changeLines(await set.run(1))).toEqual([]);
    expect(set.nodes[0]?.standin.ledger?.totals().write).toBe(writes);
  });

  it('plans what a brand-new server would need before anything runs', async () => {
    const set = await liveSet(2);
    const job = set.job(2);
    const { changes, waitingFor } = job.decide(job.blank());
    expect(changes.map(({ resource, name }) => `${resource} ${name}`)).toEqual([
      'replica set rs0',
      'replica-set member mongo-1',
    ]);
    expect(waitingFor).toBeUndefined();
  });

  it('fails where the server says that waiting is useless', async () => {
    const set = await liveSet(2);
    await set.run(1);
    const effect = { kind: 'code', code: 104, codeName: 'NodeNotElectable' } as const;
    set.nodes[0]?.standin.faults?.add({ match: '^replSetReconfig$', effect });
    await expect(set.run(2)).rejects.toMatchObject({ code: 'JOB_FAILED', why: expect.stringContaining('(104)') });
  });

  it('makes a set of three one member after the other, every one SECONDARY before the next', async () => {
    const set = await liveSet(3);
    expect(changeLines(await set.run(3))).toEqual([
      'create replica set rs0',
      'create replica-set member mongo-1',
      'create replica-set member mongo-2',
    ]);
    const [first] = set.nodes;
    if (first === undefined) throw new Error('no node');
    const status = await admin(await direct(first), { replSetGetStatus: 1 });
    expect(status.members.map(({ stateStr }: { stateStr: string }) => stateStr)).toEqual([
      'PRIMARY',
      'SECONDARY',
      'SECONDARY',
    ]);
  });

  it('grows from one to three, shrinks back and grows again', async () => {
    const set = await liveSet(3);
    const [first] = set.nodes;
    if (first === undefined) throw new Error('no node');
    await set.run(1);
    await set.run(3);
    expect(await hostsOf(first)).toEqual(set.nodes.map(({ host }, id) => `${id}=${host}`));
    expect(changeLines(await set.run(1))).toEqual([
      'delete replica-set member mongo-2',
      'delete replica-set member mongo-1',
    ]);
    expect(await hostsOf(first)).toEqual([`0=${first.host}`]);
    await set.run(2);
    expect((await hostsOf(first)).map((each) => each.split('=')[1])).toEqual([first.host, set.nodes[1]?.host]);
    expect(changeLines(await set.run(2))).toEqual([]);
  });

  it('moves PRIMARY to a member that stays before the one that has it leaves', async () => {
    const set = await liveSet(2);
    const [first, second] = set.nodes;
    if (first === undefined || second === undefined) throw new Error('no node');
    await set.run(2);
    first.standin.stepDown();
    await helloUntil(await direct(second), isPrimary);
    expect(changeLines(await set.run(1))).toEqual([
      'update replica-set primary mongo-1',
      'delete replica-set member mongo-1',
    ]);
    expect(await hostsOf(first)).toEqual([`0=${first.host}`]);
    expect(isPrimary(await admin(await direct(first), { hello: 1 }))).toBe(true);
  });

  it('repairs a set that was made as localhost, keeping its _id and replicaSetId', async () => {
    const set = await liveSet(1);
    const [first] = set.nodes;
    if (first === undefined) throw new Error('no node');
    const client = await direct(first);
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 7, host: `localhost:${first.port}` }] } });
    await helloUntil(client, isPrimary);
    const before = await configOf(client);
    expect(changeLines(await set.run(1))).toEqual(['update replica-set member mongo']);
    const after = await configOf(client);
    expect(after.members[0]).toMatchObject({ _id: 7, host: first.host });
    expect(String(after.settings.replicaSetId)).toBe(String(before.settings.replicaSetId));
    expect((await admin(client, { hello: 1 })).me).toBe(first.host);
  });

  it('"already initialized" is not taken for success, the config is compared', async () => {
    const set = await liveSet(1);
    const [first] = set.nodes;
    if (first === undefined) throw new Error('no node');
    const real = createMongo();
    let raced = false;
    // Somebody else initiates, under a name of theirs, between our look and our call.
    const overtaken: MongoPort = {
      visit: (at, use, options) => real.visit(at, (node) => use(overtaking(node)), options),
    };
    const overtaking = (node: MongoNode): MongoNode => ({
      ...node,
      initiate: async (config) => {
        if (!raced) {
          raced = true;
          await node.initiate({ _id: 'rs0', members: [{ _id: 0, host: `localhost:${first.port}` }] });
        }
        await node.initiate(config);
      },
    });
    expect(changeLines(await set.run(1, overtaken))).toEqual(['update replica-set member mongo']);
    expect(await hostsOf(first)).toEqual([`0=${first.host}`]);
  });

  it('a member a user added by hand survives growing and shrinking', async () => {
    const set = await liveSet(4);
    const [first, , , hand] = set.nodes;
    if (first === undefined || hand === undefined) throw new Error('no node');
    await set.run(1);
    const client = await direct(first);
    const config = (await configOf(client)) as unknown as ReplicaSetConfig;
    const byHand = { _id: 40, host: hand.host, priority: 0, votes: 0, hidden: true };
    await admin(client, {
      replSetReconfig: { ...config, version: Number(config.version) + 1, members: [...config.members, byHand] },
    });
    const grown = await set.run(3);
    expect(grown.warnings.join()).toContain(`${hand.host} is in rs0 and not ours`);
    await set.run(1);
    expect(await hostsOf(first)).toEqual([`0=${first.host}`, `40=${hand.host}`]);
    expect((await configOf(client)).members[1]).toMatchObject(byHand);
  });

  it('stops at a member that was initiated on its own, and changes nothing', async () => {
    const set = await liveSet(2);
    const [first, second] = set.nodes;
    if (first === undefined || second === undefined) throw new Error('no node');
    await set.run(1);
    await initiated([second]);
    await expect(set.run(2)).rejects.toMatchObject({ code: 'CONFLICT', next: expect.stringContaining('mongo-1-data') });
    expect(await hostsOf(first)).toEqual([`0=${first.host}`]);
  });

  it('says that a server without --replSet is waited for, and in the end what it lacks', async () => {
    const set = await liveSet(1);
    const decision = set.job(1).decide({
      nodes: [{ host: 'mongo:27017', service: 'mongo', answer: { kind: 'standalone' } }],
    });
    expect(decision).toMatchObject({ more: true, waitingFor: expect.stringContaining('--replSet') });
  });

  it.each(['replSetInitiate', 'replSetReconfig', 'hello', 'replSetGetConfig', 'replSetGetStatus'])(
    'converges when an answer to %s is lost, before or after the work',
    async (command) => {
      const set = await liveSet(2);
      const faults = set.nodes[0]?.standin.faults;
      faults?.add({ match: `^${command}$`, skip: 1, effect: { kind: 'reset' } });
      faults?.add({ match: `^${command}$`, skip: 1, afterWork: true, effect: { kind: 'reset' } });
      await set.run(2);
      faults?.clear();
      expect(changeLines(await set.run(2))).toEqual([]);
    },
  );

  it.each([
    [109, 'ConfigurationInProgress'],
    [308, 'CurrentConfigNotCommittedYet'],
    [103, 'NewReplicaSetConfigurationIncompatible'],
    [10107, 'NotWritablePrimary'],
  ])('reads again and plans again on %i', async (code, codeName) => {
    const set = await liveSet(2);
    await set.run(1);
    set.nodes[0]?.standin.faults?.add({ match: '^replSetReconfig$', effect: { kind: 'code', code, codeName } });
    expect(changeLines(await set.run(2))).toEqual(['create replica-set member mongo-1']);
  });

  it('fails at once where it may not look: unauthorized is no state to wait out', async () => {
    const set = await liveSet(1);
    const code = { kind: 'code', code: 13, codeName: 'Unauthorized' } as const;
    set.nodes[0]?.standin.faults?.add({ match: '^replSetGetConfig$', effect: code });
    await expect(set.run(1)).rejects.toMatchObject({ code: 'PERMISSION_MISSING' });
  });
});

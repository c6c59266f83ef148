import { createMongodStandin } from '@chatops-up/standins/mongod';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { admin, bySet, codeOf, configOf, direct, helloUntil, initiated, startNode, type TestNode } from './nodes.ts';

/** At a speed at which a leader that a busy machine holds up for a moment is not given up by the others at once. */
const three = (): Promise<TestNode[]> =>
  Promise.all(['mongo-0', 'mongo-1', 'mongo-2'].map((service) => startNode({ service, speed: 20 })));

const leaderOf = (nodes: readonly TestNode[]): TestNode => {
  const found = nodes.find(({ standin }) => standin.state().state === 'PRIMARY');
  if (found === undefined) throw new Error('nobody leads');
  return found;
};

/** The same member over the same data. */
const startAgain = async ({ context }: TestNode): Promise<void> => {
  const again = createMongodStandin(context);
  atEnd(() => again.stop());
  await again.start();
};

/** What this member itself has, whatever its state. */
const thingsOn = async (node: TestNode): Promise<readonly unknown[]> => {
  const things = (await direct(node)).db('app').collection('things');
  return (await things.find({}, { readPreference: 'secondary' }).toArray()).map(({ n }) => n);
};

describe('three members', () => {
  it('become one primary and two secondaries, who all name the same primary', async () => {
    const nodes = await three();
    await initiated(nodes);
    for (const node of nodes) {
      const hello = await helloUntil(
        await direct(node),
        ({ primary, secondary, isWritablePrimary }) =>
          primary !== undefined && (secondary === true || isWritablePrimary === true),
      );
      expect(hello.hosts).toEqual(nodes.map(({ host }) => host));
      expect(hello.primary).toBe(leaderOf(nodes).host);
    }
  });

  it('carry a majority write to the others, readable there with the right read preference only', async () => {
    const nodes = await three();
    await initiated(nodes);
    const things = bySet(nodes).db('app').collection('things');
    await things.insertOne({ n: 1 }, { writeConcern: { w: 3 } });
    const follower = nodes.find((node) => node !== leaderOf(nodes)) as TestNode;
    const client = await direct(follower);
    const found = await client.db('app').collection('things').findOne({}, { readPreference: 'secondary' });
    expect(found).toMatchObject({ n: 1 });
  });

  it('elect another primary after a stepDown, without losing what was written', async () => {
    const nodes = await three();
    await initiated(nodes);
    const client = bySet(nodes);
    await client.db('app').collection('things').insertOne({ n: 1 });
    const old = leaderOf(nodes);
    await admin(await direct(old), { replSetStepDown: 60, secondaryCatchUpPeriodSecs: 10 });
    await client.db('app').collection('things').insertOne({ n: 2 });
    expect(leaderOf(nodes)).not.toBe(old);
    expect(await client.db('app').collection('things').countDocuments()).toBe(2);
  });

  it('elect another primary when theirs is killed; it comes back as a secondary with everything', async () => {
    const nodes = await three();
    await initiated(nodes);
    const client = bySet(nodes);
    await client.db('app').collection('things').insertOne({ n: 1 });
    const old = leaderOf(nodes);
    await old.standin.kill();
    const other = nodes.find((node) => node !== old) as TestNode;
    await helloUntil(await direct(other), ({ primary }) => primary !== undefined && primary !== old.host);
    await client.db('app').collection('things').insertOne({ n: 2 });
    expect(leaderOf(nodes)).not.toBe(old);

    await startAgain(old);
    await client
      .db('app')
      .collection('things')
      .insertOne({ n: 3 }, { writeConcern: { w: 3 } });
    expect(await thingsOn(old)).toEqual([1, 2, 3]);
  });

  it('lose their primary with the majority, and get one again with it', async () => {
    const nodes = await three();
    await initiated(nodes);
    const leader = leaderOf(nodes);
    const [a, b] = nodes.filter((node) => node !== leader) as [TestNode, TestNode];
    await a.standin.kill();
    await b.standin.kill();
    const client = await direct(leader);
    await helloUntil(client, ({ secondary }) => secondary === true);
    expect(await codeOf(client.db('app').collection('things').insertOne({ n: 1 }))).toMatchObject({ code: 10107 });

    await startAgain(a);
    await bySet(nodes).db('app').collection('things').insertOne({ n: 2 });
  });

  it('take back on return what only the old primary had', async () => {
    const nodes = await three();
    await initiated(nodes);
    const client = bySet(nodes);
    await client
      .db('app')
      .collection('things')
      .insertOne({ n: 1 }, { writeConcern: { w: 3 } });
    const old = leaderOf(nodes);
    const others = nodes.filter((node) => node !== old);
    for (const other of others) await other.standin.kill();
    await (await direct(old))
      .db('app')
      .collection('things')
      .insertOne({ n: 'alone' }, { writeConcern: { w: 1 } });
    await old.standin.kill();

    for (const node of others) {
      await startAgain(node);
    }
    const after = bySet(nodes);
    await after.db('app').collection('things').insertOne({ n: 2 });
    await startAgain(old);
    await after
      .db('app')
      .collection('things')
      .insertOne({ n: 3 }, { writeConcern: { w: 3 } });
    expect(await thingsOn(old)).toEqual([1, 2, 3]);
  });
});

describe('growing and shrinking', () => {
  it('goes 1, 2, 3, 2, 1 voter by voter; newcomers count once they are secondaries', async () => {
    const nodes = await three();
    const [first, second, third] = nodes as [TestNode, TestNode, TestNode];
    const client = await initiated([first]);
    await client.db('app').collection('things').insertOne({ n: 1 });

    for (const [index, node] of [second, third].entries()) {
      await direct(node);
      const config = await configOf(client);
      await admin(client, {
        replSetReconfig: {
          ...config,
          version: config.version + 1,
          members: [...config.members, { _id: index + 1, host: node.host }],
        },
        maxTimeMS: 5_000,
      });
      // Two changes: ours, and the server's own that gives the vote.
      await helloUntil(client, ({ setVersion }) => setVersion === config.version + 2);
    }
    const status = await admin(client, { replSetGetStatus: 1 });
    expect(status.members.map(({ stateStr }: { stateStr: string }) => stateStr)).toEqual([
      'PRIMARY',
      'SECONDARY',
      'SECONDARY',
    ]);
    expect(status.votingMembersCount).toBe(3);
    const copied = await (await direct(third))
      .db('app')
      .collection('things')
      .findOne({}, { readPreference: 'secondary' });
    expect(copied).toMatchObject({ n: 1 });

    for (const keep of [2, 1]) {
      const config = await configOf(client);
      await admin(client, {
        replSetReconfig: { ...config, version: config.version + 1, members: config.members.slice(0, keep) },
        maxTimeMS: 5_000,
      });
    }
    expect((await admin(client, { hello: 1 })).hosts).toEqual([first.host]);
    const removed = await helloUntil(await direct(third), ({ isreplicaset }) => isreplicaset === true);
    expect(removed.setName).toBeUndefined();
    expect(third.standin.state().state).toBe('REMOVED');
  });

  it('takes a removed member in again', async () => {
    const [first, second] = (await three()) as [TestNode, TestNode];
    const client = await initiated([first, second]);
    const both = await configOf(client);
    const leader = leaderOf([first, second]);
    const lead = await direct(leader);
    const other = leader === first ? second : first;
    const rest = both.members.filter(({ host }: { host: string }) => host === leader.host);
    await admin(lead, { replSetReconfig: { ...both, version: both.version + 1, members: rest }, maxTimeMS: 5_000 });
    await helloUntil(await direct(other), ({ isreplicaset }) => isreplicaset === true);
    const alone = await configOf(lead);
    await admin(lead, {
      replSetReconfig: { ...alone, version: alone.version + 1, members: [...rest, { _id: 7, host: other.host }] },
      maxTimeMS: 5_000,
    });
    await helloUntil(await direct(other), ({ secondary }) => secondary === true);
    expect((await configOf(lead)).members.map(({ _id }: { _id: number }) => _id)).toContain(7);
  });
});

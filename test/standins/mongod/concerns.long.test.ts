import { describe, expect, it } from 'vitest';
import { admin, bySet, codeOf, configOf, direct, helloUntil, initiated, startNode, type TestNode } from './nodes.ts';

/** A set of two at a speed at which its primary still leads for half a second after the other one is gone. */
const withoutMajority = async () => {
  const nodes = await Promise.all([startNode({ speed: 20 }), startNode({ speed: 20 })]);
  await initiated(nodes);
  const leader = nodes.find(({ standin }) => standin.state().state === 'PRIMARY') as TestNode;
  const client = await direct(leader);
  const things = client.db('app').collection<{ n: unknown }>('things');
  await things.insertOne({ n: 'before' }, { writeConcern: { w: 2 } });
  await nodes.find((node) => node !== leader)?.standin.kill();
  return { client, things, leader };
};

describe('write concerns', () => {
  it('is refused with 64 when a majority does not come in time; the write is there all the same', async () => {
    const { things } = await withoutMajority();
    const refused = codeOf(things.insertOne({ n: 'alone' }, { writeConcern: { w: 'majority', wtimeoutMS: 50 } }));
    expect(await refused).toMatchObject({ code: 64 });
    expect(await things.findOne({ n: 'alone' })).not.toBeNull();
  });

  it('ends with 189 when the primary steps down while somebody waits for a majority', async () => {
    const { client } = await withoutMajority();
    // With a session the driver would retry it; a bare command shows the first answer.
    const write = client
      .db('app')
      .command({ insert: 'things', documents: [{ n: 1 }], writeConcern: { w: 'majority' } });
    expect(await codeOf(write)).toMatchObject({ code: 189 });
  });

  it('does not wait where w is 1', async () => {
    const { things } = await withoutMajority();
    expect(await things.insertOne({ n: 1 }, { writeConcern: { w: 1 } })).toMatchObject({ acknowledged: true });
  });

  it('knows no w above 1 on a standalone', async () => {
    const client = await direct(await startNode({ command: [] }));
    const things = client.db('app').collection('things');
    expect(await codeOf(things.insertOne({ n: 1 }, { writeConcern: { w: 2 } }))).toMatchObject({ code: 2 });
  });
});

describe('read concerns', () => {
  it('shows in a majority read only what is on a majority', async () => {
    const { things } = await withoutMajority();
    await things.insertOne({ n: 'alone' }, { writeConcern: { w: 1 } });
    await things.updateOne({ n: 'before' }, { $set: { n: 'changed' } }, { writeConcern: { w: 1 } });
    const sure = await things.find({}, { readConcern: { level: 'majority' } }).toArray();
    const local = await things.find({}, { readConcern: { level: 'local' } }).toArray();
    expect(sure.map(({ n }) => n)).toEqual(['before']);
    expect(local.map(({ n }) => n)).toEqual(['changed', 'alone']);
  });

  it('answers a linearizable read with 50 when no majority confirms it in time', async () => {
    const { things } = await withoutMajority();
    const read = things.find({}, { readConcern: { level: 'linearizable' }, maxTimeMS: 50 }).toArray();
    expect(await codeOf(read)).toMatchObject({ code: 50 });
  });

  it('answers a linearizable read while a majority is there, and never on a standalone', async () => {
    const node = await startNode();
    await initiated([node]);
    const set = bySet([node]).db('app').collection('things');
    expect(await set.find({}, { readConcern: { level: 'linearizable' }, maxTimeMS: 2_000 }).toArray()).toEqual([]);
    const alone = (await direct(await startNode({ command: [] }))).db('app').collection('things');
    const read = alone.find({}, { readConcern: { level: 'linearizable' } }).toArray();
    expect(await codeOf(read)).toMatchObject({ code: 123 });
  });
});

describe('reconfiguring', () => {
  it('refuses two voters at once and a stale version with 103, one at a time is taken', async () => {
    const [node, second] = (await Promise.all([startNode(), startNode()])) as [TestNode, TestNode];
    const client = await initiated([node]);
    await direct(second);
    const config = await configOf(client);
    const add = (...hosts: string[]) => ({
      ...config,
      version: config.version + 1,
      members: [...config.members, ...hosts.map((host, at) => ({ _id: at + 1, host }))],
    });
    expect(await codeOf(admin(client, { replSetReconfig: add(second.host, '127.0.0.1:1') }))).toMatchObject({
      code: 103,
    });
    expect(await admin(client, { replSetReconfig: add(second.host) })).toMatchObject({ ok: 1 });
    expect(await codeOf(admin(client, { replSetReconfig: add(second.host) }))).toMatchObject({ code: 103 });
  });

  it('the version rises by itself once a newcomer has its data', async () => {
    const [node, second] = (await Promise.all([startNode(), startNode()])) as [TestNode, TestNode];
    const client = await initiated([node]);
    await direct(second);
    const config = await configOf(client);
    await admin(client, {
      replSetReconfig: { ...config, version: 2, members: [...config.members, { _id: 1, host: second.host }] },
    });
    await helloUntil(client, ({ setVersion }) => setVersion === 3);
    expect((await configOf(client)).members[1]).not.toHaveProperty('newlyAdded');
  });

  it('a set without its majority takes no normal reconfig, only a forced one on a survivor', async () => {
    const { client, leader } = await withoutMajority();
    await helloUntil(client, ({ secondary }) => secondary === true);
    const config = await configOf(client);
    const members = config.members.filter(({ host }: { host: string }) => host === leader.host);
    const alone = { ...config, version: config.version + 1, members };
    expect(await codeOf(admin(client, { replSetReconfig: alone }))).toMatchObject({ code: 10107 });
    await admin(client, { replSetReconfig: alone, force: true });
    const hello = await helloUntil(client, ({ isWritablePrimary }) => isWritablePrimary === true);
    expect(hello.setVersion).toBeGreaterThanOrEqual(10_000);
  });

  it('turns away a node that initiated a set of its own: it has another replicaSetId', async () => {
    const [ours, theirs] = (await Promise.all([startNode(), startNode()])) as [TestNode, TestNode];
    const client = await initiated([ours]);
    await initiated([theirs]);
    const config = await configOf(client);
    const both = { ...config, version: 2, members: [...config.members, { _id: 1, host: theirs.host }] };
    expect(await codeOf(admin(client, { replSetReconfig: both }))).toMatchObject({ code: 103 });
  });

  it('answers 74 when the newcomer does not answer', async () => {
    const node = await startNode();
    const client = await initiated([node]);
    const config = await configOf(client);
    const both = { ...config, version: 2, members: [...config.members, { _id: 1, host: '127.0.0.1:1' }] };
    expect(await codeOf(admin(client, { replSetReconfig: both }))).toMatchObject({ code: 74 });
  });
});

describe('an initiate', () => {
  it('has ended before there is a primary; a write right after is refused with 10107', async () => {
    const nodes = await Promise.all([startNode({ speed: 20 }), startNode({ speed: 20 })]);
    const [client] = await Promise.all(nodes.map((node) => direct(node)));
    if (client === undefined) throw new Error('no client');
    const members = nodes.map(({ host }, _id) => ({ _id, host }));
    await admin(client, { replSetInitiate: { _id: 'rs0', members } });
    const write = client.db('app').command({ insert: 'things', documents: [{ n: 1 }] });
    expect(await codeOf(write)).toMatchObject({ code: 10107 });
  });

  it('answers 23 to a second one, whatever names the first one gave', async () => {
    const node = await startNode();
    const client = await direct(node);
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: 'localhost:27017' }] } });
    const again = admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: node.host }] } });
    expect(await codeOf(again)).toMatchObject({ code: 23 });
    expect((await configOf(client)).members[0].host).toBe('localhost:27017');
  });
});

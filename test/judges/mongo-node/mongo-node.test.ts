/** The official Node driver as judge: what a bootstrap and an application meet, state by state (reference, 5.3). */
import { MongoClient, MongoServerSelectionError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import {
  admin,
  bySet,
  configOf,
  direct,
  helloUntil,
  initiated,
  isPrimary,
  startNode,
} from '../../standins/mongod/nodes.ts';

/** What connecting and pinging fails with. */
const selectionError = async (uri: string): Promise<MongoServerSelectionError> => {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 300 });
  try {
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    if (error instanceof MongoServerSelectionError) return error;
    throw error;
  } finally {
    await client.close();
  }
  throw new Error('the server was selected');
};

const typesSeen = (error: MongoServerSelectionError): string[] =>
  [...(error.reason?.servers.values() ?? [])].map(({ type }) => type);

/** A lone primary that knows itself by another name. */
const primaryNamed = async (name: string) => {
  const node = await startNode({ service: name.split(':')[0] ?? '' });
  const client = await direct(node);
  await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: name }] } });
  await helloUntil(client, isPrimary);
  return { node, client };
};

describe('discovery by the official Node driver', () => {
  it('selects no ghost without directConnection, with or without the name of the set', async () => {
    const node = await startNode();
    await direct(node);
    for (const query of ['', '?replicaSet=rs0']) {
      const error = await selectionError(`mongodb://${node.host}/${query}`);
      expect(error.message).toMatch(/Server selection timed out/);
      expect(typesSeen(error)).toEqual(['RSGhost']);
    }
  });

  it('pings a ghost with directConnection, which says nothing of readiness', async () => {
    const client = await direct(await startNode());
    expect(await admin(client, { ping: 1 })).toMatchObject({ ok: 1 });
    expect((await admin(client, { hello: 1 })).isWritablePrimary).toBe(false);
  });

  it('leaves the seed for the name the primary gives, and names that name when nobody has it', async () => {
    const { node, client } = await primaryNamed('mongo.nowhere.invalid:27017');
    expect((await admin(client, { hello: 1 })).me).toBe('mongo.nowhere.invalid:27017');
    const error = await selectionError(`mongodb://${node.host}/?replicaSet=rs0`);
    expect(error.message).toMatch(/mongo\.nowhere\.invalid/);
  });

  it('takes a wrong set name for a server it does not know', async () => {
    const node = await startNode();
    await initiated([node]);
    const error = await selectionError(`mongodb://${node.host}/?directConnection=true&replicaSet=other`);
    expect(error.message).toMatch(/Server selection timed out|other/);
  });

  it('is refused a connection where nobody listens', async () => {
    const error = await selectionError(`mongodb://127.0.0.1:${await freePort()}/`);
    expect(error.message).toMatch(/ECONNREFUSED/);
  });

  it('finds the primary from a secondary alone', async () => {
    const nodes = await Promise.all([startNode(), startNode(), startNode()]);
    await initiated(nodes);
    const secondary = nodes.find(({ standin }) => standin.state().state !== 'PRIMARY');
    const client = bySet(secondary === undefined ? [] : [secondary]);
    expect((await admin(client, { hello: 1 })).isWritablePrimary).toBe(true);
  });
});

describe('repair of a wrong host name', () => {
  it('takes the right name by a reconfig with the same _id and the next version, and stays primary', async () => {
    const { node, client } = await primaryNamed('localhost:27017');
    const config = await configOf(client);
    await admin(client, {
      replSetReconfig: { ...config, version: 2, members: [{ ...config.members[0], host: node.host }] },
      maxTimeMS: 5_000,
    });
    const hello = await admin(client, { hello: 1 });
    expect(hello).toMatchObject({ me: node.host, hosts: [node.host], setVersion: 2, isWritablePrimary: true });
    await bySet([node]).db('app').collection('things').insertOne({ n: 1 });
  });

  it("an initiate without a configuration takes the container's own name, which nobody else can reach", async () => {
    const node = await startNode();
    const client = await direct(node);
    await admin(client, { replSetInitiate: {} });
    const hello = await helloUntil(client, isPrimary);
    expect(hello.me).toMatch(/^[0-9a-f]{12}:27017$/);
    const error = await selectionError(`mongodb://${node.host}/?replicaSet=rs0`);
    expect(error.message).toContain(hello.me.split(':')[0]);
  });
});

describe('what a driver keeps', () => {
  it('reads a hundred times the first batch through cursors', async () => {
    const node = await startNode();
    await initiated([node]);
    const things = bySet([node]).db('app').collection('things');
    await things.insertMany(Array.from({ length: 1_000 }, (_, n) => ({ n })));
    const found = await things.find({}, { batchSize: 7 }).sort({ n: 1 }).toArray();
    expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  });

  it('sends a write again whose answer was lost, and it is done once', async () => {
    const node = await startNode();
    await initiated([node]);
    const things = bySet([node]).db('app').collection('things');
    node.standin.faults?.add({
      match: '^insert$',
      afterWork: true,
      effect: { kind: 'code', code: 11600, codeName: 'InterruptedAtShutdown' },
    });
    const failed = await things.insertOne({ n: 1 }).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failed).toBeUndefined();
    expect(await things.countDocuments()).toBe(1);
  });

  it('counts what a run wrote: handshakes and reads are no writes', async () => {
    const node = await startNode();
    const client = await initiated([node]);
    const before = node.standin.ledger?.totals();
    await admin(client, { ping: 1 });
    await configOf(client);
    await client.db('app').collection('things').findOne();
    const after = node.standin.ledger?.totals();
    expect(after?.write).toBe(before?.write);
    expect(after?.read).toBeGreaterThan(before?.read ?? 0);
    expect(before?.write).toBe(1);
  });
});

describe('faults on demand', () => {
  it('cuts, delays or answers with a code, before or after the work', async () => {
    const node = await startNode({ command: [] });
    const client = await direct(node, { retryReads: false, retryWrites: false });
    const things = client.db('app').collection('things');
    node.standin.faults?.add({ match: '^insert$', effect: { kind: 'code', code: 91, codeName: 'ShutdownInProgress' } });
    await expect(things.insertOne({ n: 1 })).rejects.toMatchObject({ code: 91 });
    expect(await things.countDocuments()).toBe(0);

    node.standin.faults?.add({ match: '^insert$', afterWork: true, effect: { kind: 'reset' } });
    await expect(things.insertOne({ n: 2 })).rejects.toThrow(/closed/);
    expect(await things.countDocuments()).toBe(1);
  });
});

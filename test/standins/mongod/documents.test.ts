import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import type { Collection } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { cases } from '../../helpers/cases.ts';
import { codeOf, direct, initiated, startNode } from './nodes.ts';

const collection = async (): Promise<Collection<{ _id: number; [name: string]: unknown }>> => {
  const client = await direct(await startNode({ command: [] }));
  return client.db('app').collection('things');
};

const ids = (found: Array<{ _id: unknown }>): unknown[] => found.map(({ _id }) => _id);

describe('filters', () => {
  const cases = [
    { name: 'equality', filter: { kind: 'a' }, found: [1, 2] },
    { name: 'a dotted path', filter: { 'in.n': 2 }, found: [2] },
    { name: 'a path through an array', filter: { 'list.n': 5 }, found: [3] },
    { name: 'an element of an array', filter: { tags: 'x' }, found: [1, 2] },
    { name: 'a whole array', filter: { tags: ['x', 'y'] }, found: [1] },
    { name: '$ne', filter: { kind: { $ne: 'a' } }, found: [3, 4] },
    { name: '$gt, $lte', filter: { 'in.n': { $gt: 1, $lte: 2 } }, found: [2] },
    { name: '$gte, $lt within a type', filter: { mixed: { $gte: 0, $lt: 100 } }, found: [3] },
    { name: '$in, also with null for what is missing', filter: { kind: { $in: ['b', null] } }, found: [3, 4] },
    { name: '$nin', filter: { kind: { $nin: ['a', 'b'] } }, found: [4] },
    { name: '$exists', filter: { list: { $exists: true } }, found: [3] },
    { name: '$and', filter: { $and: [{ kind: 'a' }, { tags: 'y' }] }, found: [1] },
    { name: '$or', filter: { $or: [{ _id: 1 }, { kind: 'b' }] }, found: [1, 3] },
    { name: '$nor', filter: { $nor: [{ kind: 'a' }, { kind: 'b' }] }, found: [4] },
    { name: '$not', filter: { kind: { $not: { $eq: 'a' } } }, found: [3, 4] },
    { name: '$regex with options', filter: { mixed: { $regex: '^TEXT', $options: 'i' } }, found: [4] },
    { name: 'a regular expression', filter: { mixed: /xt$/ }, found: [4] },
    { name: '$elemMatch', filter: { list: { $elemMatch: { n: 5, m: 6 } } }, found: [3] },
    { name: '$size', filter: { tags: { $size: 1 } }, found: [2] },
    { name: '$all', filter: { tags: { $all: ['y', 'x'] } }, found: [1] },
    { name: 'null', filter: { kind: null }, found: [4] },
  ];

  it.each(cases)('$name', async ({ filter, found }) => {
    const things = await collection();
    await things.insertMany([
      { _id: 1, kind: 'a', tags: ['x', 'y'], in: { n: 1 } },
      { _id: 2, kind: 'a', tags: ['x'], in: { n: 2 } },
      { _id: 3, kind: 'b', list: [{ n: 4 }, { n: 5, m: 6 }], mixed: 7 },
      { _id: 4, mixed: 'text' },
    ]);
    expect(ids(await things.find(filter).sort({ _id: 1 }).toArray())).toEqual(found);
  });

  it('are refused with 2 when they have an operator nobody knows', async () => {
    const things = await collection();
    expect(await codeOf(things.find({ n: { $near: 1 } }).toArray())).toMatchObject({ code: 2 });
    expect(await codeOf(things.find({ $nope: [] }).toArray())).toMatchObject({ code: 2 });
  });
});

describe('updates', () => {
  const before = { _id: 1, n: 1, list: ['a', 'b', 'a'], in: { x: 1, y: 2 } };
  const cases = [
    { name: '$set with a path', update: { $set: { 'in.z.w': 3 } }, after: { in: { x: 1, y: 2, z: { w: 3 } } } },
    { name: '$set in an array', update: { $set: { 'list.1': 'c' } }, after: { list: ['a', 'c', 'a'] } },
    { name: '$unset', update: { $unset: { 'in.x': '' } }, after: { in: { y: 2 } } },
    { name: '$inc', update: { $inc: { n: 2, fresh: 1 } }, after: { n: 3, fresh: 1 } },
    { name: '$mul', update: { $mul: { n: 5 } }, after: { n: 5 } },
    { name: '$min, $max', update: { $min: { n: 0 }, $max: { 'in.y': 9 } }, after: { n: 0, in: { x: 1, y: 9 } } },
    { name: '$push', update: { $push: { list: 'c' } }, after: { list: ['a', 'b', 'a', 'c'] } },
    {
      name: '$push $each',
      update: { $push: { list: { $each: ['c', 'd'] } } },
      after: { list: ['a', 'b', 'a', 'c', 'd'] },
    },
    { name: '$addToSet', update: { $addToSet: { list: { $each: ['b', 'c'] } } }, after: { list: ['a', 'b', 'c'] } },
    { name: '$pull', update: { $pull: { list: 'a' } }, after: { list: ['b'] } },
    { name: '$rename', update: { $rename: { n: 'm' } }, after: { m: 1 } },
    { name: '$setOnInsert', update: { $setOnInsert: { n: 9 } }, after: {} },
  ];

  it.each(cases)('$name', async ({ update, after }) => {
    const things = await collection();
    await things.insertOne(before);
    await things.updateOne({ _id: 1 }, update as never);
    expect(await things.findOne({ _id: 1 })).toMatchObject(after);
  });

  it('makes what is missing from the filter and the update, with $setOnInsert', async () => {
    const things = await collection();
    const done = await things.updateOne(
      { _id: 7, 'in.k': 'v' },
      { $set: { n: 1 }, $setOnInsert: { m: 2 } },
      { upsert: true },
    );
    expect(done).toMatchObject({ upsertedId: 7, upsertedCount: 1, matchedCount: 0 });
    expect(await things.findOne({})).toEqual({ _id: 7, in: { k: 'v' }, n: 1, m: 2 });
  });

  it('distinguishes matched from modified, one from many', async () => {
    const things = await collection();
    await things.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
      { _id: 3, n: 2 },
    ]);
    expect(await things.updateMany({}, { $set: { n: 2 } })).toMatchObject({ matchedCount: 3, modifiedCount: 2 });
    expect(await things.updateOne({}, { $set: { n: 3 } })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await things.deleteMany({ n: 2 })).toMatchObject({ deletedCount: 2 });
  });

  it('replaces whole documents, never the _id', async () => {
    const things = await collection();
    await things.insertOne({ _id: 1, n: 1, m: 2 });
    await things.replaceOne({ _id: 1 }, { n: 5 });
    expect(await things.findOne({})).toEqual({ _id: 1, n: 5 });
    expect(await codeOf(things.updateOne({ _id: 1 }, { $set: { _id: 2 } }))).toMatchObject({ code: 66 });
  });

  it('finds and changes in one step, showing before or after', async () => {
    const things = await collection();
    await things.insertOne({ _id: 1, n: 1 });
    expect(await things.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } } as never)).toMatchObject({ n: 1 });
    expect(
      await things.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } } as never, { returnDocument: 'after' }),
    ).toMatchObject({
      n: 3,
    });
    expect(await things.findOneAndDelete({ _id: 1 })).toMatchObject({ n: 3 });
    expect(await things.countDocuments()).toBe(0);
  });

  it('ends an ordered batch at the first error, an unordered one at the end', async () => {
    const things = await collection();
    await things.insertOne({ _id: 1 });
    const batch = [{ _id: 2 }, { _id: 1 }, { _id: 3 }];
    expect(await codeOf(things.insertMany(batch, { ordered: true }))).toMatchObject({ code: 11000 });
    expect(await things.countDocuments()).toBe(2);
    await codeOf(things.insertMany([{ _id: 4 }, { _id: 1 }, { _id: 5 }], { ordered: false }));
    expect(ids(await things.find().toArray())).toEqual([1, 2, 4, 5]);
  });
});

describe('collections and indexes', () => {
  it('come with the first document, are listed, and go with a drop', async () => {
    const things = await collection();
    const client = await direct(await startNode({ command: [] }));
    const db = client.db('other');
    await db.collection('one').insertOne({});
    await db.createCollection('two');
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['one', 'two']);
    expect((await client.db('admin').admin().listDatabases()).databases.map(({ name }) => name)).toContain('other');
    expect(await codeOf(db.createCollection('two'))).toMatchObject({ code: 48 });
    await db.collection('one').drop();
    await db.dropDatabase();
    expect(await db.listCollections().toArray()).toEqual([]);
    expect(await things.countDocuments()).toBe(0);
  });

  it('keep a unique index', async () => {
    const things = await collection();
    await things.createIndex({ name: 1 }, { unique: true });
    await things.insertOne({ _id: 1, name: 'a' });
    const refused = await things.insertOne({ _id: 2, name: 'a' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 11000, keyPattern: { name: 1 }, keyValue: { name: 'a' } });
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'name_1']);
    await things.dropIndex('name_1');
    await things.insertOne({ _id: 2, name: 'a' });
  });
});

describe('aggregation', () => {
  it('matches, groups, sorts, counts', async () => {
    const things = await collection();
    await things.insertMany([
      { _id: 1, k: 'a', n: 1 },
      { _id: 2, k: 'b', n: 2 },
      { _id: 3, k: 'a', n: 3 },
    ]);
    const sums = await things
      .aggregate([{ $group: { _id: '$k', n: { $sum: '$n' } } }, { $sort: { _id: -1 } }])
      .toArray();
    expect(sums).toEqual([
      { _id: 'b', n: 2 },
      { _id: 'a', n: 4 },
    ]);
    expect(await things.aggregate([{ $match: { k: 'a' } }, { $count: 'all' }]).toArray()).toEqual([{ all: 2 }]);
    expect(await things.distinct('k')).toEqual(['a', 'b']);
    expect(await things.estimatedDocumentCount()).toBe(3);
    const seen = await things.find({}, { projection: { n: 1, _id: 0 }, sort: { n: -1 }, skip: 1, limit: 1 }).toArray();
    expect(seen).toEqual([{ n: 2 }]);
  });

  it('says what it does not play', async () => {
    const things = await collection();
    expect(await codeOf(things.aggregate([{ $lookup: {} }]).toArray())).toMatchObject({ code: 115 });
    const watched = codeOf(things.watch().next());
    expect(await watched).toMatchObject({ code: 40573 });
  });
});

describe('values', () => {
  it('come back as they went in, with their types, also after a restart', async () => {
    const node = await startNode({ command: [] });
    const everything = {
      _id: new ObjectId(),
      int: new Int32(5),
      whole: new Double(5),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      text: 'grüße \u0000 \u{1f600}',
      bytes: new Binary(Buffer.from([0, 255])),
      date: new Date('2026-01-02T03:04:05.678Z'),
      stamp: new Timestamp({ t: 5, i: 6 }),
      no: null,
      edges: [new MinKey(), new MaxKey()],
      deep: { $oid: 'not one', $date: new Int32(1), 'dotted.name': [[], {}] },
    };
    const options = { promoteValues: false, promoteLongs: false };
    await (await direct(node)).db('app').collection('things').insertOne(everything);
    await node.standin.stop();
    await node.standin.start();
    const [found] = await (await direct(node)).db('app').collection('things').find({}, options).toArray();
    expect(found).toEqual(everything);
  });

  it('sort in one order whatever the types, and a filter for equality finds each again', async () => {
    const value = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
      fc.string(),
      fc.boolean(),
      fc.date({ noInvalidDate: true }),
      fc.constant(null),
    );
    const things = await collection();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(value, { minLength: 1, maxLength: 12, selector: (one) => `${typeof one}${String(one)}` }),
        async (values) => {
          await things.deleteMany({});
          await things.insertMany(values.map((v, _id) => ({ _id, v })));
          const up = ids(await things.find().sort({ v: 1, _id: 1 }).toArray());
          const down = ids(await things.find().sort({ v: -1, _id: -1 }).toArray());
          expect(down).toEqual([...up].reverse());
          for (const [_id, v] of values.entries()) expect(ids(await things.find({ v }).toArray())).toContain(_id);
        },
      ),
      { numRuns: cases(15) },
    );
  });
});

describe('transactions', () => {
  it('are refused, and nothing of them is left', async () => {
    const node = await startNode();
    const client = await initiated([node]);
    const things = client.db('app').collection<{ n: number }>('things');
    const session = client.startSession();
    const work = session.withTransaction(() => things.insertOne({ n: 1 }, { session }));
    expect(await codeOf(work)).toMatchObject({ code: 115 });
    await session.endSession();
    expect(await things.countDocuments()).toBe(0);
  });
});

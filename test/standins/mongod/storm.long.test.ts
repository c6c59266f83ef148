import { createMongodStandin } from '@chatops-up/standins/mongod';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { cases } from '../../helpers/cases.ts';
import { direct, initiated, startNode, type TestNode } from './nodes.ts';

const LIMIT_MS = 15_000;

/** Writes with a majority, again and again until it is acknowledged, each time with a fresh view of the set. */
const acknowledged = async (nodes: readonly TestNode[], n: number): Promise<void> => {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await write(nodes, n))) if (Date.now() > deadline) throw new Error(`write ${n} was never acknowledged`);
};

const write = async (nodes: readonly TestNode[], n: number): Promise<boolean> => {
  const uri = `mongodb://${nodes.map(({ host }) => host).join(',')}/?replicaSet=rs0`;
  const often = { minHeartbeatFrequencyMS: 10, heartbeatFrequencyMS: 500 };
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000, ...often });
  const things = client.db('app').collection<{ _id: number }>('things');
  const options = { upsert: true, writeConcern: { w: 'majority' as const } };
  try {
    await things.updateOne({ _id: n }, { $set: { n } }, options);
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
};

/** The _ids a member has as soon as it has `last`. */
const idsOnceIn = async (node: TestNode, last: number): Promise<number[]> => {
  const things = (await direct(node)).db('app').collection<{ _id: number }>('things');
  const read = async () =>
    (await things.find({}, { readPreference: 'secondaryPreferred' }).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
  const deadline = Date.now() + LIMIT_MS;
  for (let ids = await read().catch((): number[] => []); ; ids = await read().catch((): number[] => []))
    if (ids.includes(last) || Date.now() > deadline) return ids;
};

describe('a storm of crashes', () => {
  it('never loses a write that a majority acknowledged, and all members end with the same data', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 3, maxLength: 6 }), async (victims) => {
        const nodes = await Promise.all([startNode(), startNode(), startNode()]);
        const standins = nodes.map(({ standin }) => standin);
        await initiated(nodes);
        for (const [n, victim] of victims.entries()) {
          const node = nodes[victim] as TestNode;
          await standins[victim]?.kill();
          await acknowledged(nodes, n);
          const again = createMongodStandin(node.context);
          atEnd(() => again.stop());
          standins[victim] = again;
          await again.start();
        }
        await acknowledged(nodes, 99);
        for (const node of nodes) expect(await idsOnceIn(node, 99)).toEqual([...victims.keys(), 99]);
      }),
      { numRuns: cases(3) },
    );
  });
});

import { createMongodStandin } from '@chatops-up/standins/mongod';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { admin, bySet, configOf, createNode, direct, helloUntil, initiated, isPrimary, startNode } from './nodes.ts';

describe('one member', () => {
  it('is a ghost after its start, a primary after an initiate, and says who it is', async () => {
    const node = await startNode();
    const client = await direct(node);
    expect(await admin(client, { hello: 1 })).toMatchObject({ isWritablePrimary: false, isreplicaset: true });

    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: node.host }] } });

    const hello = await helloUntil(client, isPrimary);
    expect(hello).toMatchObject({
      setName: 'rs0',
      me: node.host,
      hosts: [node.host],
      primary: node.host,
      setVersion: 1,
    });
    expect(String(hello.electionId)).toBe('7fffffff0000000000000001');
  });

  it('is its own primary again after a restart, one term later, with its data', async () => {
    const node = await startNode();
    await initiated([node]);
    await bySet([node]).db('app').collection('things').insertOne({ name: 'kept', many: 3 });
    await node.standin.stop();

    const again = createMongodStandin(node.context);
    atEnd(() => again.stop());
    await again.start();

    const found = await bySet([node]).db('app').collection('things').findOne({ name: 'kept' });
    expect(found).toMatchObject({ many: 3 });
    const hello = await helloUntil(await direct(node), isPrimary);
    expect(String(hello.electionId)).toBe('7fffffff0000000000000002');
    expect((await configOf(await direct(node))).version).toBe(1);
  });

  it('goes from a start to PRIMARY without waiting in real time for what takes simulated time', async () => {
    const node = await createNode();
    const began = node.context.time.now();
    await node.standin.start();
    await initiated([node]);
    expect(node.standin.state().state).toBe('PRIMARY');
    expect(node.context.time.now() - began).toBeGreaterThan(1_500);
  });
});

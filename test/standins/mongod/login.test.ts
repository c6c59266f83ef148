import { createMongodStandin } from '@chatops-up/standins/mongod';
import { describe, expect, it, vi } from 'vitest';
import { createSteppedTime } from '../../fakes/stepped-time.ts';
import { atEnd } from '../../helpers/at-end.ts';
import { admin, codeOf, createNode, direct, helloUntil, isPrimary, keyFile, startNode } from './nodes.ts';

const CREDENTIALS = { MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: 'p@ss, word=é' };
const withKey = () => ['--replSet', 'rs0', '--keyFile', keyFile('A0key+for/this+test==')];
const asRoot = { auth: { username: 'root', password: CREDENTIALS.MONGO_INITDB_ROOT_PASSWORD }, authSource: 'admin' };

const HANGS_MS = 60_000;
/** Longer than it is closed; what comes after that begins when it is open. */
const UNTIL_IT_OPENS = 3_600_000;

describe('logins', () => {
  it('lets the root user of the environment in, and an initiate happens before there is a primary', async () => {
    const node = await startNode({ command: withKey(), env: { ...CREDENTIALS, CHATOPS_MONGOD_INIT_SERVER: 'off' } });
    const client = await direct(node, asRoot);
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: node.host }] } });
    await helloUntil(client, isPrimary);
    const { insertedId } = await client.db('app').collection('things').insertOne({ n: 1 });
    expect(insertedId).toBeDefined();
  });

  it('answers hello and ping without one, and nothing else', async () => {
    const node = await startNode({ command: withKey(), env: { ...CREDENTIALS, CHATOPS_MONGOD_INIT_SERVER: 'off' } });
    const client = await direct(node);
    expect(await admin(client, { ping: 1 })).toMatchObject({ ok: 1 });
    expect(await codeOf(admin(client, { replSetGetStatus: 1 }))).toMatchObject({ code: 13 });
  });

  it("shows the image's temporary server as a writable standalone without a set, then as a ghost", async () => {
    const time = createSteppedTime();
    const node = await startNode({ command: withKey(), env: CREDENTIALS, time });
    time.pass(UNTIL_IT_OPENS);
    const temporary = await direct(node);
    const hello = await admin(temporary, { hello: 1 });
    expect(hello.isWritablePrimary).toBe(true);
    expect(hello.setName).toBeUndefined();
    await vi.waitFor(async () => {
      time.pass(UNTIL_IT_OPENS);
      const real = await direct(node, { serverSelectionTimeoutMS: 500 });
      expect((await admin(real, { hello: 1 })).isreplicaset).toBe(true);
    }, HANGS_MS);
    expect(await admin(await direct(node, asRoot), { connectionStatus: 1 })).toMatchObject({
      authInfo: { authenticatedUsers: [{ user: 'root', db: 'admin' }] },
    });
  });

  it('ends with a reason when it is to check logins in a set without a key file', async () => {
    const node = await startNode({ command: ['--replSet', 'rs0', '--auth'] });
    expect(await node.standin.crashed).toMatch(/security\.keyFile is required/);
  });

  it('a first start killed before the user was made leaves a directory where every login fails with 18', async () => {
    const time = createSteppedTime();
    const node = await createNode({ command: withKey(), env: CREDENTIALS, time });
    await node.standin.start();
    time.pass(UNTIL_IT_OPENS);
    await direct(node);
    await node.standin.kill();
    const again = createMongodStandin(node.context);
    atEnd(() => again.stop());
    await again.start();
    time.pass(UNTIL_IT_OPENS);
    await direct(node);
    expect(await codeOf(direct(node, asRoot))).toMatchObject({ code: 18 });
  });
});

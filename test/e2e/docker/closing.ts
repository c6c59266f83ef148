/** A set of three that was made without logins, as 0.1 made it: closed by `up`, killed on the way, with its data kept. */
import { rmSync } from 'node:fs';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/cli.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { within } from './images-used.ts';

const MEMBERS = ['mongo', 'mongo-1', 'mongo-2'];
const OPEN = ['mongod', '--replSet', 'rs0', '--bind_ip_all'];
const KEPT = { kept: 'from before' };

export const closing = (): void => {
  describe('a set that was made without logins', () => {
    let stack: ContainerStack;
    const ports: Record<string, number> = {};

    /** Compose alone brings it up, with its members reachable from here. */
    const composed = async (open: boolean): Promise<void> => {
      const members = MEMBERS.map((name) => [
        name,
        { ports: [`127.0.0.1:${ports[name]}:27017`], ...(open ? { command: OPEN } : {}) },
      ]);
      const chat = { environment: { MONGO_URL: 'mongodb://mongo:27017/rocketchat?replicaSet=rs0' } };
      const services = { ...Object.fromEntries(members), ...(open ? { rocketchat: chat } : {}) };
      // JSON is YAML; Compose reads this file beside ours by itself.
      stack.write('compose.override.yaml', JSON.stringify({ services }));
      await stack.compose('up', '-d', '--wait', ...MEMBERS);
    };

    const at = async <T>(name: string, options: MongoClientOptions, use: (client: MongoClient) => Promise<T>) => {
      const client = new MongoClient(`mongodb://127.0.0.1:${ports[name]}/?directConnection=true`, options);
      try {
        return await use(client);
      } finally {
        await client.close();
      }
    };
    const helloOf = (name: string) => at(name, {}, (client) => client.db('admin').command({ hello: 1 }));
    const primary = async (): Promise<string> => {
      const hellos = await Promise.all(MEMBERS.map(async (name) => ({ name, hello: await helloOf(name) })));
      return hellos.find(({ hello }) => hello.isWritablePrimary)?.name ?? '';
    };
    const byKey = (): MongoClientOptions => ({
      auth: { username: '__system', password: stack.secret('CHATOPS_MONGO_KEY') },
      authSource: 'local',
      authMechanism: 'SCRAM-SHA-256',
    });
    const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
      asked.then(
        () => 'done',
        (error: { code?: unknown }) => error.code,
      );

    beforeAll(async () => {
      stack = await aContainerStack({ more: 'mongo: { members: 3 }\n' });
      expect((await stack.command('render')).status).toBe(0);
      for (const name of MEMBERS) ports[name] = await freePort();
      await composed(true);
      await stack.compose('up', '-d', '--wait', 'rocketchat');
      await at(await primary(), {}, async (client) => {
        await client.db('admin').command({ dropUser: 'rocketchat' });
        await client.db('admin').command({ dropUser: 'probe' });
        await client
          .db('rocketchat')
          .collection('things')
          .insertOne(KEPT, { writeConcern: { w: 'majority' } });
      });
      rmSync(stack.path('compose.override.yaml'));
    }, within(180_000));

    afterAll(() => stack?.remove(), within(60_000));

    it(
      'is planned to be closed: every member another, and its users',
      async () => {
        const { stdout } = await stack.drive(['plan']).ended;
        for (const name of MEMBERS) expect(stdout).toMatch(new RegExp(`~ ${name} .*command`));
        expect(stdout).toMatch(/\+ database user rocketchat/);
      },
      within(120_000),
    );

    it(
      'is closed by the run after one that was killed, and then has nothing to be changed',
      async () => {
        const killed = stack.drive(['up']);
        await killed.says('mongo: started');
        killed.process.kill('SIGKILL');
        await killed.ended;
        expect(await stack.drive(['up']).ended).toMatchObject({ status: 0, stderr: '' });
        expect((await stack.drive(['up']).ended).stdout).toMatch(/^0 changes/m);
      },
      within(240_000),
    );

    it(
      'lets nobody in without a login, and has its data',
      async () => {
        await composed(false);
        for (const name of MEMBERS) {
          const things = (client: MongoClient) => client.db('rocketchat').collection('things');
          const options = { readPreference: 'secondaryPreferred' } as const;
          expect(await codeOf(at(name, options, (client) => things(client).findOne()))).toBe(13);
          const found = at(name, { ...options, ...byKey() }, (client) => things(client).countDocuments(KEPT));
          expect(await found).toBe(1);
        }
      },
      within(120_000),
    );
  });
};

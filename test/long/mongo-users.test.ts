/** Who gets into the database of a stack, over new installations, changed secrets and stacks that were made open. */
import { rmSync } from 'node:fs';
import { createSimulatedTime, type ServerContext } from '@chatops-up/standins';
import { createMongodStandin } from '@chatops-up/standins/mongod';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, start, type TestStack } from '../helpers/cli.ts';
import { keepUp } from '../helpers/live.ts';

const CONFIG = `name: demo
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push] }
runner: false
`;

const portOf = (stack: TestStack): number => JSON.parse(stack.read('.chatops/embedded/places.json'))['mongo:27017'];

const asUser = (username: string, password: string): MongoClientOptions => ({
  auth: { username, password },
  authSource: 'admin',
});
const byKey = (key: string): MongoClientOptions => ({
  auth: { username: '__system', password: key },
  authSource: 'local',
  authMechanism: 'SCRAM-SHA-256',
});

/** What comes of `use` with a client of the member that listens there. */
const over = async <T>(port: number, options: MongoClientOptions, use: (client: MongoClient) => Promise<T>) => {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, options);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
};

const insert = (client: MongoClient) => client.db('rocketchat').collection('things').insertOne({ n: 1 });
const codeOf = (refused: Promise<unknown>): Promise<unknown> =>
  refused.then(
    () => 'done',
    (error: { code?: unknown }) => error.code,
  );

/** What each of them comes to when it writes into the chat's database. */
const writing = async (stack: TestStack): Promise<Record<string, unknown>> => {
  const port = portOf(stack);
  const code = (options: MongoClientOptions) => codeOf(over(port, options, insert));
  return {
    nobody: await code({}),
    chat: await code(asUser('rocketchat', stack.secret('CHATOPS_MONGO_PASSWORD'))),
    probe: await code(asUser('probe', stack.secret('CHATOPS_MONGO_PROBE_PASSWORD'))),
    key: await code(byKey(stack.secret('CHATOPS_MONGO_KEY'))),
  };
};
const BY_NEED = { nobody: 13, chat: 'done', probe: 13, key: 'done' };

const whileUp = async <T>(stack: TestStack, use: () => Promise<T>): Promise<T> => {
  const live = await keepUp(stack);
  try {
    return await use();
  } finally {
    await live.end();
  }
};

describe('the database of a new stack', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await aStack(CONFIG);
    expect((await stack.up()).status).toBe(0);
  });

  it('lets in who has an account, each as far as needed, and nobody else', async () => {
    expect(await whileUp(stack, () => writing(stack))).toEqual(BY_NEED);
  });

  it('is looked at by smoke with the account that may only look', async () => {
    const { stdout, status } = await stack.command('smoke');
    expect([stdout, status]).toEqual([expect.stringMatching(/replica set rs0.*is PRIMARY and reaches a majority/), 0]);
  });

  it.each([
    ['mongo-password', 'CHATOPS_MONGO_PASSWORD', ['mongo updateUser']],
    ['mongo-probe-password', 'CHATOPS_MONGO_PROBE_PASSWORD', ['mongo updateUser']],
    ['mongo-key', 'CHATOPS_MONGO_KEY', []],
  ])('takes another %s, and the former one no more', async (what, name, writes) => {
    const before = stack.secret(name);
    const { status, stderr } = await stack.command('rotate', [what]);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stack.writes()).toEqual(writes);
    expect(stack.secret(name)).not.toBe(before);
    expect(await whileUp(stack, () => writing(stack))).toEqual(BY_NEED);
    expect(stack.writes().filter((write) => !write.includes('insert'))).toEqual([]);
  });
});

const NEW_SECRETS = /^CHATOPS_MONGO_(?:KEY|PASSWORD|PROBE_PASSWORD)=.*\n(?:#.*\n)*/gm;
const OPEN = ['mongod', '--replSet', 'rs0', '--bind_ip_all'];

interface Recorded {
  readonly name: string;
  readonly container: { readonly environment: Readonly<Record<string, unknown>> };
}

/** What the services of 0.1 were started with. */
const asBefore = (service: Recorded): Recorded => {
  const { container } = service;
  if (service.name === 'mongo')
    return { ...service, container: { ...container, ...{ command: OPEN }, environment: {} } };
  if (service.name !== 'rocketchat') return service;
  const environment = { ...container.environment, MONGO_URL: 'mongodb://mongo:27017/rocketchat?replicaSet=rs0' };
  return { ...service, container: { ...container, environment } };
};

/** The stack as 0.1 left it: a set with data and without users, whose member asks nobody who he is. */
const madeOpen = async (): Promise<TestStack> => {
  const stack = await aStack(CONFIG);
  expect((await stack.up()).status).toBe(0);
  const port = portOf(stack);
  const context: ServerContext = {
    ...{ service: 'mongo', role: 'mongo', dir: stack.path('.chatops/embedded/mongo'), env: {}, command: OPEN },
    ports: { 27017: port },
    time: createSimulatedTime(),
    lookup: (host, asked) => ({ host, port: asked }),
    file: async () => undefined,
  };
  const mongod = createMongodStandin(context);
  await mongod.start();
  await over(port, { serverSelectionTimeoutMS: 10_000 }, async (client) => {
    await expect.poll(async () => (await client.db('admin').command({ hello: 1 })).isWritablePrimary).toBe(true);
    await client.db('admin').command({ dropUser: 'rocketchat' });
    await client.db('admin').command({ dropUser: 'probe' });
    await client.db('rocketchat').collection('things').insertOne({ kept: 'from 0.1' });
  });
  await mongod.stop();
  rmSync(stack.path('.chatops/embedded/mongo/mongo.key'), { force: true });
  const services = JSON.parse(stack.read('.chatops/embedded/services.json')) as Recorded[];
  stack.write('.chatops/embedded/services.json', JSON.stringify(services.map(asBefore)));
  stack.write('.env', stack.read('.env').replace(NEW_SECRETS, ''));
  return stack;
};

const kept = (stack: TestStack): Promise<number> =>
  over(portOf(stack), byKey(stack.secret('CHATOPS_MONGO_KEY')), (client) =>
    client.db('rocketchat').collection('things').countDocuments({ kept: 'from 0.1' }),
  );

describe('a stack that was made without users', () => {
  it('is planned to be closed: another command for its member, and its users', async () => {
    const stack = await madeOpen();
    const { stdout } = await stack.command('plan');
    expect(stdout).toMatch(/~ mongo .*command/);
    expect(stdout).toMatch(/\+ database user rocketchat/);
    expect(stdout).toMatch(/\+ database user probe/);
  });

  it('is closed by one up, keeps its data, and then nothing is left to do', async () => {
    const stack = await madeOpen();
    expect((await stack.up()).status).toBe(0);
    expect(stack.writes()).toEqual(['mongo createUser', 'mongo createUser']);
    expect((await stack.up()).stdout).toMatch(/^0 changes/m);
    expect(await whileUp(stack, async () => [await writing(stack), await kept(stack)])).toEqual([BY_NEED, 1]);
  });

  it.each(['mongo: started', 'mongo: ready', 'mongo-replica-set: running', 'rocketchat: started'])(
    'killed when it says "%s", the next run goes on',
    async (moment) => {
      const stack = await madeOpen();
      const running = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'embedded']);
      await running.says(moment);
      running.process.kill('SIGKILL');
      await running.ended;
      expect((await stack.up()).status).toBe(0);
      expect(await whileUp(stack, async () => [await writing(stack), await kept(stack)])).toEqual([BY_NEED, 1]);
    },
  );
});

import { checkRights } from '@chatops-up/standins/internal/mongod/access/authorize';
import { COMMANDS } from '@chatops-up/standins/internal/mongod/commands/index';
import type { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { admin, codeOf, direct, helloUntil, isPrimary, keyFile, startNode, type TestNode } from './nodes.ts';

const KEY = 'A0key+for/this+test==';
const bySystem = (key = KEY) => ({
  auth: { username: '__system', password: key },
  authSource: 'local',
  authMechanism: 'SCRAM-SHA-256' as const,
});
const as = (username: string, password: string) => ({ auth: { username, password }, authSource: 'admin' });
const member = (...more: string[]) => ['--replSet', 'rs0', '--keyFile', keyFile(KEY), ...more];

const initiate = async (node: TestNode, client: MongoClient): Promise<void> => {
  await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: node.host }] } });
  await helloUntil(client, isPrimary);
};

/** A set of one with a key, and a user with the roles. */
const withUser = async (roles: readonly unknown[]) => {
  const node = await startNode({ command: member() });
  const system = await direct(node, bySystem());
  await initiate(node, system);
  await admin(system, { createUser: 'someone', pwd: 'first', roles });
  return { node, system, user: await direct(node, as('someone', 'first')) };
};

describe('the key of a set', () => {
  it('lets its holder initiate a set that has no user', async () => {
    const node = await startNode({ command: member() });
    const client = await direct(node, bySystem());
    await initiate(node, client);
    expect(await admin(client, { replSetGetStatus: 1 })).toMatchObject({ ok: 1, set: 'rs0' });
  });

  it('lets nobody in who has another one', async () => {
    const node = await startNode({ command: member() });
    expect(await codeOf(direct(node, bySystem('another+key')))).toMatchObject({ code: 18 });
  });

  it('is shown within the hello of a driver that names its mechanism', async () => {
    const node = await startNode({ command: member() });
    await admin(await direct(node, bySystem()), { getParameter: '*' });
    const session = node.standin.ledger?.entries().filter(({ kind }) => kind === 'session') ?? [];
    expect(session.map(({ what }) => what)).not.toContain('saslStart');
    expect(session.map(({ what }) => what)).toContain('saslContinue');
  });

  it('opens nothing by SCRAM-SHA-1', async () => {
    const node = await startNode({ command: member() });
    const login = direct(node, { ...bySystem(), authMechanism: 'SCRAM-SHA-1' });
    expect(await codeOf(login)).toMatchObject({ code: 18 });
  });

  it('is none on a server without a key file', async () => {
    const node = await startNode({ command: ['--replSet', 'rs0'] });
    const { code, errmsg } = await codeOf(direct(node, bySystem()));
    expect(code).toBe(18);
    expect(errmsg).toContain('started without a --keyFile');
  });

  it.each([
    ['may be read by others', () => keyFile(KEY, 0o440), /permissions on .+ are too open/],
    ['is too short', () => keyFile('abc'), /has length 3, must be between 6 and 1024/],
    ['holds something else than base64', () => keyFile('a key, with commas'), /invalid char in key file/],
    ['is not there', () => '/nowhere/key', /Error reading file/],
  ])('ends the server when it %s', async (_what, path, why) => {
    const node = await startNode({ command: ['--replSet', 'rs0', '--keyFile', path()] });
    expect(await node.standin.crashed).toMatch(why);
  });
});

describe('members', () => {
  const set = async (keys: readonly (string | undefined)[], ...more: string[]) => {
    const nodes = await Promise.all(
      keys.map((key) =>
        startNode({
          command: ['--replSet', 'rs0', ...(key === undefined ? [] : ['--keyFile', keyFile(key), ...more])],
        }),
      ),
    );
    const [first] = nodes as [TestNode];
    const client = await direct(first, keys[0] === undefined ? {} : bySystem(keys[0]));
    const members = nodes.map(({ host }, _id) => ({ _id, host }));
    await Promise.all(nodes.slice(1).map((node) => direct(node)));
    return { nodes, client, initiation: admin(client, { replSetInitiate: { _id: 'rs0', members } }) };
  };

  it('with one key make a set, and each of them knows its users', async () => {
    const { nodes, client, initiation } = await set([KEY, KEY, KEY]);
    await initiation;
    await helloUntil(client, isPrimary);
    await admin(client, { createUser: 'someone', pwd: 'pass', roles: ['root'], writeConcern: { w: 3 } });
    for (const node of nodes) {
      const own = await direct(node, as('someone', 'pass'));
      expect(await admin(own, { replSetGetStatus: 1 })).toMatchObject({ ok: 1 });
    }
  });

  it.each([
    ['another key', 'another+key'],
    ['no key', undefined],
  ])('with %s are not believed', async (_what, other) => {
    const { initiation } = await set([KEY, other]);
    expect(await codeOf(initiation)).toMatchObject({ code: 74 });
  });

  it('in transition speak with those that have the key and with those that have none', async () => {
    const { client, initiation } = await set([KEY, undefined], '--transitionToAuth');
    await initiation;
    expect(await helloUntil(client, ({ primary }) => primary !== undefined)).toMatchObject({ setName: 'rs0' });
  });
});

describe('a server in transition', () => {
  it('takes commands with a login and without', async () => {
    const node = await startNode({ command: member('--transitionToAuth') });
    const open = await direct(node);
    await initiate(node, open);
    await admin(open, { createUser: 'someone', pwd: 'pass', roles: [] });
    const login = await direct(node, as('someone', 'pass'));
    expect(await admin(login, { connectionStatus: 1 })).toMatchObject({
      authInfo: { authenticatedUsers: [{ user: 'someone', db: 'admin' }] },
    });
  });

  it('needs a key file', async () => {
    const node = await startNode({ command: ['--replSet', 'rs0', '--transitionToAuth'] });
    expect(await node.standin.crashed).toMatch(/--transitionToAuth must be used with keyFile/);
  });
});

describe('roles', () => {
  it('read lets look into its own database, and write nowhere', async () => {
    const { user } = await withUser([{ role: 'read', db: 'app' }]);
    expect(await user.db('app').collection('things').find().toArray()).toEqual([]);
    expect(await codeOf(user.db('app').collection('things').insertOne({ n: 1 }))).toMatchObject({ code: 13 });
    expect(await codeOf(user.db('other').collection('things').findOne())).toMatchObject({ code: 13 });
  });

  it('readWrite changes its own database and sees neither the set nor the users', async () => {
    const { user } = await withUser([{ role: 'readWrite', db: 'app' }]);
    await user.db('app').collection('things').insertOne({ n: 1 });
    await user.db('app').collection('things').createIndex({ n: 1 });
    expect(await codeOf(user.db('admin').collection('system.users').findOne())).toMatchObject({ code: 13 });
    expect(await codeOf(admin(user, { replSetGetStatus: 1 }))).toMatchObject({ code: 13 });
    expect(await codeOf(admin(user, { createUser: 'twin', pwd: 'x', roles: [] }))).toMatchObject({ code: 13 });
  });

  it('clusterMonitor sees the set and the server, and changes nothing', async () => {
    const { user } = await withUser([{ role: 'clusterMonitor', db: 'admin' }]);
    expect(await admin(user, { replSetGetStatus: 1 })).toMatchObject({ ok: 1 });
    expect(await admin(user, { serverStatus: 1 })).toMatchObject({ ok: 1 });
    expect(await codeOf(admin(user, { replSetStepDown: 1 }))).toMatchObject({ code: 13 });
  });

  it('show only the databases that may be read', async () => {
    const { user, system } = await withUser([{ role: 'read', db: 'app' }]);
    for (const name of ['app', 'other']) await system.db(name).collection('things').insertOne({ n: 1 });
    expect(await admin(user, { listDatabases: 1, nameOnly: true })).toMatchObject({ databases: [{ name: 'app' }] });
  });

  it('that nobody knows are refused', async () => {
    const { system } = await withUser([]);
    const made = admin(system, { createUser: 'other', pwd: 'x', roles: [{ role: 'king', db: 'app' }] });
    expect(await codeOf(made)).toMatchObject({ code: 31, codeName: 'RoleNotFound' });
  });

  it('are said for every command that is not open to all', () => {
    const users = { required: true, none: false, rolesOf: () => undefined };
    const connection = { memory: new Map(), remoteAddress: '' };
    const call = { server: { users, localhostException: false }, connection, db: 'admin', body: {} };
    for (const { name } of COMMANDS.filter(({ open }) => open !== true)) {
      expect(() => checkRights(call as never, name)).toThrow(`Command ${name} requires authentication`);
    }
  });
});

describe('a user', () => {
  it('has the new password after updateUser, and the former one no more', async () => {
    const { node, system } = await withUser(['root']);
    await admin(system, { updateUser: 'someone', pwd: 'second' });
    expect(await admin(await direct(node, as('someone', 'second')), { replSetGetStatus: 1 })).toMatchObject({ ok: 1 });
    expect(await codeOf(direct(node, as('someone', 'first')))).toMatchObject({ code: 18 });
  });

  it('has other rights at once after updateUser', async () => {
    const { system, user } = await withUser([{ role: 'read', db: 'app' }]);
    await admin(system, { updateUser: 'someone', roles: [{ role: 'readWrite', db: 'app' }] });
    await user.db('app').collection('things').insertOne({ n: 1 });
    expect(await admin(system, { usersInfo: 'someone' })).toMatchObject({
      users: [{ user: 'someone', roles: [{ role: 'readWrite', db: 'app' }] }],
    });
  });

  it('is shown with what its password is checked by to who asks for it', async () => {
    const { system } = await withUser(['root']);
    const asked = {
      usersInfo: [
        { user: 'someone', db: 'admin' },
        { user: 'nobody', db: 'admin' },
      ],
    };
    const [shown] = (await admin(system, { ...asked, showCredentials: true })).users;
    expect(shown.credentials['SCRAM-SHA-256']).toMatchObject({
      iterationCount: expect.any(Number),
      salt: expect.stringMatching(/=$/),
    });
    expect((await admin(system, asked)).users).toEqual([
      expect.not.objectContaining({ credentials: expect.anything() }),
    ]);
  });

  it('may read about itself and about nobody else', async () => {
    const { user } = await withUser([]);
    expect(await admin(user, { usersInfo: 'someone' })).toMatchObject({ users: [{ user: 'someone' }] });
    expect(await codeOf(admin(user, { usersInfo: 'other' }))).toMatchObject({ code: 13 });
  });

  it('is shut out when it is removed', async () => {
    const { system, user } = await withUser(['root']);
    await admin(system, { dropUser: 'someone' });
    expect(await codeOf(admin(user, { replSetGetStatus: 1 }))).toMatchObject({ code: 13 });
  });

  it('that is not there cannot be changed', async () => {
    const { system } = await withUser([]);
    expect(await codeOf(admin(system, { updateUser: 'nobody', pwd: 'x' }))).toMatchObject({ code: 11 });
  });

  it('is kept over a restart', async () => {
    const { node } = await withUser(['root']);
    await node.standin.stop();
    await node.standin.start();
    const again = await direct(node, as('someone', 'first'));
    expect(await admin(again, { replSetGetStatus: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('the localhost exception', () => {
  it('is not for clients that stand for other containers', async () => {
    const node = await startNode({ command: ['--keyFile', keyFile(KEY)] });
    const made = admin(await direct(node), { createUser: 'root', pwd: 'x', roles: ['root'] });
    expect(await codeOf(made)).toMatchObject({ code: 13 });
  });

  it('lets the first user be made from the same machine, and ends with that', async () => {
    const node = await startNode({ command: ['--keyFile', keyFile(KEY)], listensOn: '0.0.0.0' });
    const client = await direct(node);
    expect(await codeOf(admin(client, { listDatabases: 1 }))).toMatchObject({ code: 13 });
    expect(await admin(client, { createUser: 'root', pwd: 'x', roles: ['root'] })).toMatchObject({ ok: 1 });
    expect(await codeOf(admin(client, { createUser: 'other', pwd: 'x', roles: ['root'] }))).toMatchObject({ code: 13 });
  });
});

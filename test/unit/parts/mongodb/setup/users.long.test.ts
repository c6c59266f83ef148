/** Users and the key of a set, over real sockets. */
import type { MongoClientOptions } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { createMongo } from '../../../../../src/parts/mongodb/client/mongo.ts';
import type { MongoPort } from '../../../../../src/parts/mongodb/mongo.ts';
import { decideReplicaSet } from '../../../../../src/parts/mongodb/setup/decide.ts';
import type { MongoReplicaSetSpec } from '../../../../../src/parts/mongodb/setup/spec.ts';
import { admin, codeOf, direct, keyFile } from '../../../../standins/mongod/nodes.ts';
import { changeLines, liveSet } from './live-set.ts';
import { config, ghost, inWords, member, node, wantedSet } from './set-in-words.ts';

const KEY = 'A0key+for/this+test==';
const SECRETS = { KEY, CHAT: 'first-password', LOOK: 'look-password' };
const spec: Partial<MongoReplicaSetSpec> = {
  key: { secret: 'KEY' },
  users: [
    { name: 'chat', password: 'CHAT', roles: [{ role: 'readWrite', db: 'app' }] },
    { name: 'look', password: 'LOOK', roles: [{ role: 'read', db: 'nothing' }] },
  ],
};
const command = () => ['--replSet', 'rs0', '--keyFile', keyFile(KEY)];
const as = (username: string, password: string): MongoClientOptions => ({ auth: { username, password } });
const bySystem: MongoClientOptions = {
  auth: { username: '__system', password: KEY },
  authSource: 'local',
  authMechanism: 'SCRAM-SHA-256',
};

describe('the users of a set', () => {
  it('are made once the set is there, each with its password and its rights', async () => {
    const live = await liveSet(1, { spec, secrets: SECRETS, command });
    expect(changeLines(await live.run(1))).toEqual([
      'create replica set rs0',
      'create database user chat',
      'create database user look',
    ]);
    const chat = await direct(live.nodes[0] as { host: string }, as('chat', SECRETS.CHAT));
    await chat.db('app').collection('things').insertOne({ n: 1 });
    const look = await direct(live.nodes[0] as { host: string }, as('look', SECRETS.LOOK));
    expect(await codeOf(look.db('app').collection('things').findOne())).toMatchObject({ code: 13 });
  });

  it('are on every member of a set of three', async () => {
    const live = await liveSet(3, { spec, secrets: SECRETS, command });
    await live.run(3);
    for (const one of live.nodes) await direct(one, as('chat', SECRETS.CHAT));
    expect(changeLines(await live.run(3))).toEqual([]);
  });

  it('get another password, and other rights, when these are wanted', async () => {
    const live = await liveSet(1, { spec, secrets: SECRETS, command });
    await live.run(1);
    const system = await direct(live.nodes[0] as { host: string }, bySystem);
    await admin(system, { updateUser: 'chat', pwd: 'of-somebody-else' });
    await admin(system, { updateUser: 'look', roles: ['root'] });
    expect(changeLines(await live.run(1))).toEqual(['update database user chat', 'update database user look']);
    await direct(live.nodes[0] as { host: string }, as('chat', SECRETS.CHAT));
    expect(await admin(system, { usersInfo: 'look' })).toMatchObject({
      users: [{ roles: [{ role: 'read', db: 'nothing' }] }],
    });
  });

  it('are made in a set that lets everybody in', async () => {
    const live = await liveSet(1, { spec, secrets: SECRETS });
    expect(changeLines(await live.run(1))).toContain('create database user chat');
    expect(changeLines(await live.run(1))).toEqual([]);
  });

  it('are made although the answer was lost', async () => {
    const live = await liveSet(1, { spec, secrets: SECRETS, command });
    live.nodes[0]?.standin.faults?.add({ match: '^createUser$', afterWork: true, effect: { kind: 'reset' } });
    await live.run(1);
    expect(changeLines(await live.run(1))).toEqual([]);
  });
});

describe('a member with another key', () => {
  it('is waited for, as it is started again with the right one', async () => {
    const live = await liveSet(1, { spec, secrets: { ...SECRETS, KEY: 'another+key' }, command });
    await direct(live.nodes[0] as { host: string });
    const job = live.job(1);
    const decision = job.decide(await job.observe(new AbortController().signal));
    expect(decision.waitingFor).toMatch(/it does not take the key of the stack/);
  });
});

describe('a decision on users', () => {
  const wanted = { ...wantedSet(1), users: [{ name: 'chat', roles: [] }] };
  const primary = node('mongo', member({ me: 'mongo:27017' }, config(['mongo:27017'])));

  it('plans them with a set that is not made yet', () => {
    expect(inWords(decideReplicaSet(wanted, { nodes: [node('mongo', ghost)] }))).toContain(
      '+ database user chat (the stack asks for it, the set has no such user)',
    );
  });

  it('waits for a PRIMARY that has not listed its users', () => {
    expect(inWords(decideReplicaSet(wanted, { nodes: [primary] }))).toBe(
      'waits for the PRIMARY to list its users\nmore',
    );
  });

  it('has nothing to do about one that is right', () => {
    const users = [{ name: 'chat', state: 'right' as const }];
    expect(inWords(decideReplicaSet(wanted, { nodes: [primary], users }))).toBe('done');
  });

  it('holds no password', async () => {
    const live = await liveSet(1, { spec, secrets: SECRETS, command });
    const job = live.job(1);
    const said = JSON.stringify(job.decide(await job.observe(new AbortController().signal)));
    for (const secret of Object.values(SECRETS)) expect(said).not.toContain(secret);
  });
});

describe('the users of a PRIMARY that goes away while it is asked', () => {
  it('are asked for again', async () => {
    const live = await liveSet(1, { spec, secrets: SECRETS, command });
    await live.run(1);
    live.nodes[0]?.standin.faults?.add({
      match: '^usersInfo$',
      effect: { kind: 'code', code: 11602, codeName: 'InterruptedDueToReplStateChange' },
    });
    const mongo: MongoPort = createMongo();
    expect(changeLines(await live.run(1, mongo))).toEqual([]);
  });
});

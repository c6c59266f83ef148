import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createMongo } from '../../../../src/parts/mongodb/client/mongo.ts';
import { describeServerError, memberState } from '../../../../src/parts/mongodb/client/mongo-words.ts';
import type { MongoNode } from '../../../../src/parts/mongodb/mongo.ts';
import { contractData } from '../../../helpers/contract-data.ts';
import { abortOnceConnected, closedPort, httpServer, tcpServer } from '../../../helpers/servers.ts';
import { admin, direct, helloUntil, initiated, isPrimary, startNode } from '../../../standins/mongod/nodes.ts';

interface KnownCode {
  readonly code: number;
  readonly codeName: string;
  readonly action: string;
}

/** Numbers of the facts' table after which a job goes on; a duplicate key is met by writes of data only, which nobody here makes. */
const knownCodes = contractData<{ codes: readonly KnownCode[] }>('mongodb/error-codes.json').codes.filter(
  ({ action, code }) => action !== 'fail' && code !== 11_000,
);

const mongo = createMongo();
const at = (port: number) => ({ host: '127.0.0.1', port });
const hello = (node: MongoNode) => node.hello();
/** Stand-ins boot behind a shut port; a driver waits for them. */
const ready = async (options: Parameters<typeof startNode>[0] = {}) => {
  const node = await startNode(options);
  await direct(node);
  return node;
};

describe('one node at a time', () => {
  it('a ghost is asked directly, at once, and is no silence', async () => {
    const { port } = await ready();
    expect(await mongo.visit(at(port), hello)).toMatchObject({ ghost: true, writable: false, hosts: [] });
  });

  it('distinguishes a server outside of any set from a member', async () => {
    const { port } = await ready({ command: ['--bind_ip_all'] });
    const seen = await mongo.visit(at(port), hello);
    expect(seen).toMatchObject({ ghost: false, writable: true });
    expect(seen.setName).toBeUndefined();
  });

  it('asks the node it was sent to, whatever names the set advertises', async () => {
    const node = await ready();
    const client = await direct(node);
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: `localhost:${node.port}` }] } });
    await helloUntil(client, isPrimary);
    const seen = await mongo.visit(at(node.port), hello);
    expect(seen).toMatchObject({ writable: true, setName: 'rs0', me: `localhost:${node.port}` });
  });

  it('reads the config and every member state', async () => {
    const nodes = [await ready(), await ready()];
    await initiated(nodes);
    const [config, status] = await mongo.visit(
      at(nodes[0]?.port ?? 0),
      async (node) => [await node.config(), await node.status()] as const,
    );
    expect(config.members.map(({ host }) => host)).toEqual(nodes.map(({ host }) => host));
    expect(String(config.settings?.replicaSetId)).toMatch(/^[\da-f]{24}$/);
    expect(status.members.map(({ name }) => name)).toEqual(nodes.map(({ host }) => host));
    expect(status.members.map(({ state }) => state)).toContain('primary');
  });

  it('proves a majority by a read that writes nothing of ours', async () => {
    const node = await ready();
    await initiated([node]);
    await expect(mongo.visit(at(node.port), (each) => each.proveMajority(1_500))).resolves.toBeUndefined();
    expect(
      node.standin.ledger
        ?.entries()
        .filter(({ what }) => what === 'find')
        .every(({ kind }) => kind === 'read'),
    ).toBe(true);
  });

  it('finds no majority where the others are dead', async () => {
    const nodes = await Promise.all([ready(), ready(), ready()]);
    await initiated(nodes);
    await Promise.all(nodes.slice(1).map(({ standin }) => standin.kill()));
    const proof = mongo.visit(at(nodes[0]?.port ?? 0), (each) => each.proveMajority(200));
    await expect(proof).rejects.toMatchObject({ reason: expect.stringMatching(/timed-out|not-primary|interrupted/) });
  });
});

describe('refusals are known by their number', () => {
  it.each([
    [13, 'unauthorized', 'PERMISSION_MISSING'],
    [18, 'login-refused', 'LOGIN_REFUSED'],
    [23, 'already-initialized', 'JOB_FAILED'],
    [59, 'no-mongodb', 'JOB_FAILED'],
    [76, 'no-replication', 'JOB_FAILED'],
    [93, 'invalid-config', 'JOB_FAILED'],
    [94, 'not-initialized', 'JOB_FAILED'],
    [103, 'config-incompatible', 'JOB_FAILED'],
    [109, 'config-in-progress', 'JOB_FAILED'],
    [123, 'no-replication', 'JOB_FAILED'],
    [187, 'timed-out', 'JOB_FAILED'],
    [308, 'config-not-committed', 'JOB_FAILED'],
    [10107, 'not-primary', 'JOB_FAILED'],
    [4242, 'other', 'JOB_FAILED'],
  ])('%i is %s', (number, reason, code) => {
    const refusal = describeServerError('x', number, 'any text at all', undefined);
    expect(refusal).toMatchObject({ reason, code, number });
  });

  it.each(knownCodes)('knows a number that may pass or has to be looked at again: $code $codeName', ({ code }) => {
    expect(describeServerError('x', code, 'text', undefined).reason).not.toBe('other');
  });

  it('comes with what was asked of whom, and the words of the server', async () => {
    const { port } = await ready();
    await expect(mongo.visit(at(port), (node) => node.config())).rejects.toMatchObject({
      reason: 'not-initialized',
      what: `replSetGetConfig at 127.0.0.1:${port} was refused`,
      why: expect.stringContaining('(94)'),
    });
  });

  it('names states as the manual does', () => {
    expect([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 99].map(memberState)).toEqual([
      'startup',
      'primary',
      'secondary',
      'recovering',
      'startup2',
      'unknown',
      'arbiter',
      'down',
      'rollback',
      'removed',
      'unknown',
    ]);
  });
});

describe('who does not answer', () => {
  it('says refused at the first refusal, without the time a driver would go on trying', async () => {
    const port = await closedPort();
    const began = process.hrtime.bigint();
    await expect(mongo.visit(at(port), hello, { timeoutMs: 60_000 })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: 'connection refused (ECONNREFUSED)',
    });
    // A minute was allowed: what matters is that it was not used up.
    expect(Number(process.hrtime.bigint() - began) / 1e9).toBeLessThan(30);
  });

  it('no such host', async () => {
    await expect(mongo.visit({ host: 'nobody.invalid', port: 27017 }, hello)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: expect.stringMatching(/^DNS: /),
    });
  });

  it('reset', async () => {
    const { port } = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await expect(mongo.visit(at(port), hello)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: expect.stringContaining('reset'),
    });
  });

  it('accepts and is silent', async () => {
    const server = await tcpServer();
    await expect(mongo.visit(at(server.port), hello, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: 'timed out after 100 ms',
    });
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it.each([
    ['an HTTP server', () => httpServer((_request, response) => response.end('hi'))],
    ['an SSH server', () => tcpServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'))],
  ])('is %s: waiting will not fix it', async (name, start) => {
    const server = await start();
    await expect(mongo.visit(at(server.port), hello, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      why: `it is ${name}`,
    });
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it('aborted while connecting: rejects with the reason, every socket closed', async () => {
    const reason = new Error('enough');
    const { signal, onSocket } = abortOnceConnected(reason);
    const server = await tcpServer(onSocket);
    await expect(mongo.visit(at(server.port), hello, { signal })).rejects.toBe(reason);
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it('aborted while a command runs: rejects with the reason, every socket closed', async () => {
    const node = await ready();
    node.standin.faults?.add({ match: '^replSetGetStatus$', effect: { kind: 'delay', ms: 5_000 } });
    const controller = new AbortController();
    const reason = new Error('enough');
    const asked = mongo.visit(
      at(node.port),
      async (each) => {
        await each.hello();
        setImmediate(() => controller.abort(reason));
        return each.status();
      },
      { signal: controller.signal },
    );
    await expect(asked).rejects.toBe(reason);
  });

  it('aborted before it began: connects to nobody', async () => {
    const server = await tcpServer();
    await expect(mongo.visit(at(server.port), hello, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow(
      'no',
    );
    expect(server.connections()).toBe(0);
  });

  it('hands on what its user throws, and closes every socket all the same', async () => {
    const node = await ready();
    const own = new Error('mine');
    await expect(mongo.visit(at(node.port), () => Promise.reject(own))).rejects.toBe(own);
  });
});

it('closes every connection of a visit', async () => {
  const node = await ready();
  const relay = await tcpServer((socket) => {
    const onward = connect(node.port, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    onward.on('error', () => socket.destroy());
  });
  await mongo.visit(at(relay.port), hello);
  await relay.allClosed();
  expect(relay.connections()).toBeGreaterThan(0);
});

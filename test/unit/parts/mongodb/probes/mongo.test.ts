import { describe, expect, it } from 'vitest';
import { clientsOf, provide } from '../../../../../src/contracts/ports.ts';
import { createProbe } from '../../../../../src/contracts/probe-kinds.ts';
import { type Hello, MONGO, type MongoNode, type MongoPort } from '../../../../../src/parts/mongodb/mongo.ts';
import type { ProbeSpec } from '../../../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../../../src/wiring/probe-kinds.ts';
import { abortOnceConnected, closedPort, httpServer, tcpServer } from '../../../../helpers/servers.ts';
import {
  admin,
  direct,
  helloUntil,
  initiated,
  isPrimary,
  keyFile,
  startNode,
} from '../../../../standins/mongod/nodes.ts';
import { ask, portsOver, text } from '../../../probes/ports-over.ts';

const spec: ProbeSpec = { what: 'mongo', endpoint: { service: 'mongo', port: 27017 } };
const ready = async (options: Parameters<typeof startNode>[0] = {}) => {
  const node = await startNode(options);
  await direct(node);
  return node;
};

describe('the probe of a mongod', () => {
  it('is ready as soon as the lasting server answers, initiated or not', async () => {
    const node = await ready();
    expect(text(await ask(spec, { mongo: node.port }))).toBe('ready waits for its replica set');
    await initiated([node]);
    expect(text(await ask(spec, { mongo: node.port }))).toBe('ready PRIMARY of rs0');
  });

  it('is not ready as a member without a PRIMARY, and is again when there is one', async () => {
    const node = await ready();
    const client = await initiated([node]);
    await admin(client, { replSetStepDown: 86_400, force: true });
    await helloUntil(client, (hello) => !isPrimary(hello));
    expect(text(await ask(spec, { mongo: node.port }))).toBe(
      'not-ready mongo:27017 is a member of rs0 and knows no PRIMARY: it has stepped down, or is being started',
    );
    await admin(client, { replSetFreeze: 0 });
    await helloUntil(client, isPrimary);
    expect(text(await ask(spec, { mongo: node.port }))).toBe('ready PRIMARY of rs0');
  });

  it('is ready as a SECONDARY that knows its PRIMARY', async () => {
    const nodes = await Promise.all([ready(), ready(), ready()]);
    await initiated(nodes);
    const answers = await Promise.all(nodes.map(async ({ port }) => text(await ask(spec, { mongo: port }))));
    expect(answers.toSorted().map((each) => each.replace(/127[.\d:]+/, 'it'))).toEqual([
      'ready PRIMARY of rs0',
      'ready member of rs0, whose PRIMARY is it',
      'ready member of rs0, whose PRIMARY is it',
    ]);
  });

  it('a server that answers and takes writes, but outside of any set, is not ready', async () => {
    const { port } = await ready({ command: ['--bind_ip_all'] });
    expect(text(await ask(spec, { mongo: port }))).toBe(
      'not-ready mongo:27017 answers outside of any replica set: the temporary init server, or no --replSet',
    );
  });

  it('follows a start with root credentials: the temporary init server is never taken for ready', async () => {
    const env = { MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: 'x' };
    // It stands for a second then, which a busy machine does not miss.
    const node = await startNode({
      env,
      command: ['--replSet', 'rs0', '--keyFile', keyFile('A0key+for/this+test=='), '--bind_ip_all'],
      speed: 4,
    });
    const said = [text(await ask(spec, { mongo: node.port }))];
    while (!said.at(-1)?.startsWith('ready')) said.push(text(await ask(spec, { mongo: node.port })));
    expect(said.filter((each) => each.startsWith('ready'))).toEqual(['ready waits for its replica set']);
    expect(said.some((each) => each.includes('the temporary init server'))).toBe(true);
  });

  it('is not ready while nobody listens', async () => {
    const port = await closedPort();
    expect(text(await ask(spec, { mongo: port }))).toMatch(/^not-ready no answer to hello .*connection refused/);
  });

  it('cannot tell when an HTTP server listens there', async () => {
    const { port } = await httpServer((_request, response) => response.end());
    expect(text(await ask(spec, { mongo: port }))).toMatch(/^cannot-tell UNEXPECTED_ANSWER .*an HTTP server/);
  });

  it('cannot tell when the router of a sharded cluster answers', async () => {
    const hello = { writable: true, secondary: false, arbiter: false, ghost: false, router: true, hosts: [] };
    const mongo: MongoPort = {
      visit: (_at, use) => use({ hello: async () => hello } as Partial<MongoNode> as MongoNode),
    };
    const probe = createProbe(
      PROBE_KINDS,
      spec,
      portsOver({ mongo: 1 }, { client: clientsOf([provide(MONGO, mongo)]) }),
    );
    expect(text(await probe.ask(new AbortController().signal))).toMatch(/^cannot-tell UNEXPECTED_ANSWER .*mongos/);
  });

  it('stops when it is aborted, and leaves no socket', async () => {
    const stop = abortOnceConnected(new Error('stop'));
    const server = await tcpServer(stop.onSocket);
    await expect(ask(spec, { mongo: server.port }, stop.signal)).rejects.toThrow('stop');
    await expect(server.allClosed()).resolves.toBeUndefined();
  });
});

describe('the probe of a replica set', () => {
  const setSpec = (count: number, set = 'rs0'): ProbeSpec => ({
    what: 'replica-set',
    set,
    members: ['mongo', 'mongo-1', 'mongo-2'].slice(0, count).map((service) => ({ service, port: 27017 })),
  });
  const placesOf = (nodes: readonly { readonly port: number }[]) =>
    Object.fromEntries(nodes.map(({ port }, ordinal) => [ordinal === 0 ? 'mongo' : `mongo-${ordinal}`, port]));

  it('is ready when a PRIMARY with a wanted name reaches a majority, without a write', async () => {
    const nodes = await Promise.all([ready(), ready(), ready()]);
    await initiated(nodes);
    const writes = () => nodes.reduce((sum, { standin }) => sum + (standin.ledger?.totals().write ?? 0), 0);
    const before = writes();
    expect(text(await ask(setSpec(3), placesOf(nodes)))).toMatch(
      /^ready 127\.0\.0\.1:\d+ is PRIMARY and reaches a majority$/,
    );
    expect(writes()).toBe(before);
  });

  it('is not ready before the initiation, and says what every member says', async () => {
    const nodes = [await ready(), { port: await closedPort() }];
    expect(text(await ask(setSpec(2), placesOf(nodes)))).toMatch(
      /^not-ready no PRIMARY: mongo is not initiated; no answer to hello from .*connection refused/,
    );
  });

  it('is not ready at a writable server without a set', async () => {
    const node = await ready({ command: ['--bind_ip_all'] });
    expect(text(await ask(setSpec(1), placesOf([node])))).toBe('not-ready no PRIMARY: mongo is in no replica set');
  });

  it('is not ready when the PRIMARY is known by a name clients cannot use', async () => {
    const node = await ready();
    const client = await direct(node);
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: `localhost:${node.port}` }] } });
    await helloUntil(client, isPrimary);
    expect(text(await ask(setSpec(1), placesOf([node])))).toBe(
      `not-ready the PRIMARY calls itself localhost:${node.port}, clients look for 127.0.0.1:${node.port}`,
    );
  });

  it('a PRIMARY that reaches no majority is not ready', async () => {
    const nodes = await Promise.all([ready({ speed: 20 }), ready({ speed: 20 }), ready({ speed: 20 })]);
    const client = await initiated(nodes);
    const hello = await admin(client, { hello: 1 });
    for (const node of nodes) if (node.host !== hello.primary) await node.standin.kill();
    expect(text(await ask(setSpec(3), placesOf(nodes)))).toMatch(
      /^not-ready no PRIMARY: .*(reaches no majority|has just lost PRIMARY|is SECONDARY|is not PRIMARY)/,
    );
  });

  it('cannot tell when a member belongs to another set', async () => {
    const node = await ready();
    await initiated([node]);
    expect(text(await ask(setSpec(1, 'prod'), placesOf([node])))).toBe(
      'cannot-tell UNEXPECTED_ANSWER mongo belongs to another replica set: it is a member of rs0, wanted is prod',
    );
  });

  it('cannot tell when it may not look', async () => {
    const node = await ready();
    await initiated([node]);
    node.standin.faults?.add({ match: '^find$', effect: { kind: 'code', code: 13, codeName: 'Unauthorized' } });
    expect(text(await ask(setSpec(1), placesOf([node])))).toMatch(/^cannot-tell PERMISSION_MISSING/);
  });

  it('follows an election that happens while it asks', async () => {
    const node = await ready();
    await initiated([node]);
    node.standin.faults?.add({
      match: '^find$',
      effect: { kind: 'code', code: 10107, codeName: 'NotWritablePrimary' },
    });
    expect(text(await ask(setSpec(1), placesOf([node])))).toBe('not-ready no PRIMARY: mongo has just lost PRIMARY');
    expect(text(await ask(setSpec(1), placesOf([node])))).toMatch(/^ready/);
  });

  it('stops when it is aborted', async () => {
    const stop = abortOnceConnected(new Error('stop'));
    const server = await tcpServer(stop.onSocket);
    await expect(ask(setSpec(1), { mongo: server.port }, stop.signal)).rejects.toThrow('stop');
    await expect(server.allClosed()).resolves.toBeUndefined();
  });
});

describe('the three questions about a mongod', () => {
  const endpoint = { service: 'mongo', port: 27017 };
  const askAll = async (port: number): Promise<readonly string[]> => {
    const answers = await Promise.all(
      ['mongo-alive', 'mongo-ready', 'mongo'].map((what) => ask({ what, endpoint }, { mongo: port })),
    );
    return answers.map(text);
  };

  it('are all answered by one that waits for its replica set, or none could be initiated', async () => {
    const waits = 'ready waits for its replica set';
    expect(await askAll((await ready()).port)).toEqual(['ready mongod answers', waits, waits]);
  });

  it('tell a member that takes traffic apart from a set that has no PRIMARY', async () => {
    const node = await ready();
    const client = await initiated([node]);
    await admin(client, { replSetStepDown: 86_400, force: true });
    await helloUntil(client, (hello) => !isPrimary(hello));
    expect(await askAll(node.port)).toEqual([
      'ready mongod answers',
      'ready SECONDARY of rs0',
      expect.stringMatching(/^not-ready .* knows no PRIMARY/),
    ]);
  });

  it('tell a process that works apart from one that takes traffic', async () => {
    const { port } = await ready({ command: ['--bind_ip_all'] });
    const outside = expect.stringMatching(/^not-ready mongo:27017 answers outside of any replica set/);
    expect(await askAll(port)).toEqual(['ready mongod answers', outside, outside]);
  });

  it('are all refused by nobody', async () => {
    const refused = expect.stringMatching(/^not-ready .*connection refused/);
    expect(await askAll(await closedPort())).toEqual([refused, refused, refused]);
  });

  const states: readonly [string, Partial<Hello>, string][] = [
    ['PRIMARY', { writable: true }, 'ready PRIMARY of rs0'],
    ['ARBITER', { arbiter: true }, 'ready ARBITER of rs0'],
    [
      'one that recovers',
      {},
      'not-ready mongo:27017 is neither PRIMARY, SECONDARY nor ARBITER of rs0: it starts, recovers or rolls back',
    ],
  ];
  it.each(states)('know %s', async (_name, state, expected) => {
    const hello: Hello = {
      ...{ writable: false, secondary: false, arbiter: false, ghost: false, router: false, hosts: [], setName: 'rs0' },
      ...state,
    };
    const node: Partial<MongoNode> = { hello: async () => hello };
    const mongo: MongoPort = { visit: async (_at, use) => use(node as MongoNode) };
    const ports = portsOver({}, { client: clientsOf([provide(MONGO, mongo)]) });
    const probe = createProbe(PROBE_KINDS, { what: 'mongo-ready', endpoint }, ports);
    expect(text(await probe.ask(new AbortController().signal))).toBe(expected);
  });
});

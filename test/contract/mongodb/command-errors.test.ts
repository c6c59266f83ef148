import { createLink } from '@chatops-up/standins/internal/mongod/wire/link';
import type { Document, MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { contractData } from '../../helpers/contract-data.ts';
import {
  admin,
  codeOf,
  configOf,
  createNode,
  direct,
  helloUntil,
  initiated,
  startNode,
  type TestNode,
} from '../../standins/mongod/nodes.ts';

interface Case {
  readonly command: readonly string[];
  readonly node: string;
  readonly code: number;
  readonly codeName: string;
  readonly errmsg?: string;
}

/** Runs a command of the case where it must fail. */
type Scenario = (command: string) => Promise<unknown>;

const config = (host: string, more: Document = {}): Document => ({
  _id: 'rs0',
  members: [{ _id: 0, host }],
  ...more,
});

const ROOT = {
  MONGO_INITDB_ROOT_USERNAME: 'root',
  MONGO_INITDB_ROOT_PASSWORD: 'right',
  CHATOPS_MONGOD_INIT_SERVER: 'off',
};

const send = (client: MongoClient, command: string, host: string): Promise<Document> =>
  admin(client, { [command]: command === 'replSetInitiate' || command === 'replSetReconfig' ? config(host) : 1 });

const followed = async (): Promise<{ client: MongoClient; follower: TestNode }> => {
  const nodes = await Promise.all([startNode(), startNode()]);
  await initiated(nodes);
  const follower = nodes.find(({ standin }) => standin.state().state !== 'PRIMARY') as TestNode;
  const client = await direct(follower);
  await helloUntil(client, ({ secondary, primary }) => secondary === true && primary !== undefined);
  return { client, follower };
};

/** Asks a lone primary for its configuration, changed. */
const reconfigured = async (change: (present: Document) => Document, more: Document = {}): Promise<unknown> => {
  const node = await startNode();
  const client = await initiated([node]);
  const present = await configOf(client);
  const next = { ...present, version: present.version + 1, ...change(present) };
  return admin(client, { replSetReconfig: next, ...more });
};

const scenarios: Readonly<Record<string, Scenario>> = {
  'without --replSet': async (command) => {
    const node = await startNode({ command: ['--bind_ip_all'] });
    return send(await direct(node), command, node.host);
  },
  'not initiated': async (command) => {
    const client = await direct(await startNode());
    return command === 'find' ? client.db('app').command({ find: 'things' }) : send(client, command, 'x:1');
  },
  'initiated, or another initiate is running': async () => {
    const node = await startNode();
    const client = await initiated([node]);
    return admin(client, { replSetInitiate: config(node.host) });
  },
  'set name differs from --replSet': async () => {
    const node = await startNode();
    return admin(await direct(node), { replSetInitiate: config(node.host, { _id: 'rs1' }) });
  },
  'no member host maps to this node': async () => {
    const node = await startNode();
    return admin(await direct(node), { replSetInitiate: config('elsewhere:27017') });
  },
  'another named member does not answer': async () => {
    const [node, silent] = [await startNode(), await createNode()];
    const members = [node, silent].map(({ host }, _id) => ({ _id, host }));
    return admin(await direct(node), { replSetInitiate: { _id: 'rs0', members } });
  },
  'another named member holds data': async () => {
    const full = await startNode({ command: [] });
    await (await direct(full)).db('app').collection('things').insertOne({ n: 1 });
    await full.standin.stop();
    const member = await startNode({ dir: full.context.dir });
    const node = await startNode();
    await direct(member);
    const members = [node, member].map(({ host }, _id) => ({ _id, host }));
    return admin(await direct(node), { replSetInitiate: { _id: 'rs0', members } });
  },
  'not primary': async () => {
    const { client } = await followed();
    const present = await configOf(client);
    return admin(client, { replSetReconfig: { ...present, version: present.version + 1 } });
  },
  'a reconfig or an initiate is running': async () => {
    const [node, slow] = [await startNode(), await startNode()];
    await direct(slow);
    slow.standin.faults?.add({ match: '^replSetHeartbeat$', effect: { kind: 'delay', ms: 300 } });
    const [one, other] = [await direct(node), await direct(node)];
    const members = [node, slow].map(({ host }, _id) => ({ _id, host }));
    const first = admin(one, { replSetInitiate: { _id: 'rs0', members } });
    const [, second] = await Promise.allSettled([first, admin(other, { replSetReconfig: config(node.host) })]);
    if (second.status === 'rejected') throw second.reason;
    return second.value;
  },
  'last config not on a majority': async () => {
    // Slow enough that the leader still leads while its only follower is gone.
    const nodes = await Promise.all([startNode({ speed: 20 }), startNode({ speed: 20 })]);
    await initiated(nodes);
    const leader = nodes.find(({ standin }) => standin.state().state === 'PRIMARY') as TestNode;
    const client = await direct(leader);
    await nodes.find((node) => node !== leader)?.standin.kill();
    await admin(client, { replSetReconfig: await configOf(client), force: true });
    const present = await configOf(client);
    return admin(client, { replSetReconfig: { ...present, version: present.version + 1 }, maxTimeMS: 100 });
  },
  'two voters changed at once': () =>
    reconfigured(({ members }) => ({
      members: [...members, { _id: 1, host: '127.0.0.1:1' }, { _id: 2, host: '127.0.0.1:2' }],
    })),
  'version not greater than the present one': () => reconfigured(({ version }) => ({ version })),
  'same host, other _id': () => reconfigured(({ members }) => ({ members: [{ ...members[0], _id: 5 }] })),
  'this node is not in the new config': () =>
    reconfigured(({ members }) => ({ members: [{ ...members[0], host: 'elsewhere:27017' }] })),
  'this node cannot be elected under the new config': async () => {
    const nodes = await Promise.all([startNode(), startNode()]);
    await initiated(nodes);
    const leader = nodes.find(({ standin }) => standin.state().state === 'PRIMARY') as TestNode;
    const client = await direct(leader);
    const present = await configOf(client);
    const members = present.members.map((member: Document) =>
      member.host === leader.host ? { ...member, priority: 0 } : member,
    );
    return admin(client, { replSetReconfig: { ...present, version: present.version + 1, members } });
  },
  'auth on, not logged in': async () => {
    const node = await startNode({ command: [], env: ROOT });
    return admin(await direct(node), { listDatabases: 1 });
  },
  'wrong user or password': async () => {
    const node = await startNode({ command: [], env: ROOT });
    await direct(node);
    return direct(node, { auth: { username: 'root', password: 'wrong' }, authSource: 'admin' });
  },
  'secondary or before the election': async (command) => {
    const { client } = await followed();
    const bodies: Readonly<Record<string, Document>> = {
      insert: { insert: 'things', documents: [{ n: 1 }] },
      update: { update: 'things', updates: [{ q: {}, u: { $set: { n: 1 } } }] },
      delete: { delete: 'things', deletes: [{ q: {}, limit: 1 }] },
      createUser: { createUser: 'someone', pwd: 'secret', roles: [] },
    };
    return client.db('app').command(bodies[command] ?? {});
  },
  secondary: async () => {
    const { follower } = await followed();
    // On a direct connection the driver itself asks with a read preference that secondaries serve; a bare request does not.
    const link = createLink(
      () => ({ host: '127.0.0.1', port: follower.port }),
      follower.host,
      () => undefined,
      undefined,
    );
    atEnd(() => link.close());
    return link.call({ find: 'things', $readPreference: { mode: 'primary' } }, 2_000);
  },
  standalone: async () => {
    const node = await startNode({ command: [] });
    const client = await direct(node);
    const { id } = await admin(client, { startSession: 1 });
    return client.db('app').command({
      insert: 'things',
      documents: [{ n: 1 }],
      lsid: id,
      txnNumber: 1n,
      startTransaction: true,
      autocommit: false,
    });
  },
};

const { cases } = contractData<{ readonly cases: readonly Case[] }>('mongodb/command-errors.json');
const rows = cases.flatMap((one) => one.command.map((command) => ({ ...one, command })));

describe('the codes of command-errors.json', () => {
  afterAll(() => {
    process.stderr.write(`MongoDB command errors: ${rows.length} of ${rows.length} command and state pairs reached\n`);
  });

  it.each(rows)('$command, $node: $code $codeName', async ({ command, node, code, codeName, errmsg }) => {
    const scenario = scenarios[node];
    expect(scenario).toBeDefined();
    const refused = await codeOf((scenario as Scenario)(command));
    expect(refused, refused.errmsg).toMatchObject({ code, codeName });
    expect(refused.errmsg).toContain(errmsg ?? '');
  });
});

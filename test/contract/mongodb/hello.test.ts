/** The hello answers of live stand-ins against `hello-fixtures.json` and the drivers' own discovery test data. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { contractsDir, leftOutSuite } from '../../helpers/available.ts';
import { contractData } from '../../helpers/contract-data.ts';
import {
  admin,
  configOf,
  direct,
  helloUntil,
  initiated,
  isPrimary,
  startNode,
  type TestNode,
} from '../../standins/mongod/nodes.ts';

const secondaryOf = (nodes: readonly TestNode[]): TestNode =>
  nodes.find(({ standin }) => standin.state().state !== 'PRIMARY') as TestNode;

const three = async (): Promise<TestNode[]> => {
  const nodes = await Promise.all([startNode(), startNode(), startNode()]);
  await initiated(nodes);
  return nodes;
};

const withArbiter = async (): Promise<Document> => {
  const [node, arbiter] = await Promise.all([startNode(), startNode()]);
  const [client, asked] = await Promise.all([direct(node), direct(arbiter)]);
  await admin(client, {
    replSetInitiate: {
      _id: 'rs0',
      members: [
        { _id: 0, host: node.host },
        { _id: 1, host: arbiter.host, arbiterOnly: true },
      ],
    },
  });
  return helloUntil(asked, ({ primary }) => primary !== undefined);
};

/** Key of the fixtures → the same state, live. */
const states: Readonly<Record<string, () => Promise<Document>>> = {
  'standalone-or-temporary-init-server': async () =>
    admin(await direct(await startNode({ command: [] })), { hello: 1 }),
  'not-initiated': async () => admin(await direct(await startNode()), { hello: 1 }),
  'removed-member': async () => {
    const nodes = await Promise.all([startNode(), startNode()]);
    await initiated(nodes);
    const leader = nodes.find(({ standin }) => standin.state().state === 'PRIMARY') as TestNode;
    const client = await direct(leader);
    const present = await configOf(client);
    const members = present.members.filter(({ host }: { host: string }) => host === leader.host);
    await admin(client, { replSetReconfig: { ...present, version: 2, members } });
    const removed = await direct(nodes.find((node) => node !== leader) as TestNode);
    return helloUntil(removed, ({ isreplicaset }) => isreplicaset === true);
  },
  'initiated-no-primary-yet': async () => {
    const node = await startNode();
    const client = await direct(node);
    // Stepped down, it stands for no election for a while: the state between an initiate and its primary stays.
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: node.host }] } });
    await helloUntil(client, isPrimary);
    node.standin.stepDown();
    return helloUntil(client, ({ secondary }) => secondary === true);
  },
  primary: async () => {
    const node = await startNode();
    return helloUntil(await initiated([node]), isPrimary);
  },
  'primary-bad-host-name': async () => {
    const client = await direct(await startNode());
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: 'localhost:27017' }] } });
    return helloUntil(client, isPrimary);
  },
  'secondary-of-three': async () => {
    const nodes = await three();
    const known = ({ secondary, primary }: Document) => secondary === true && primary !== undefined;
    return helloUntil(await direct(secondaryOf(nodes)), known);
  },
  arbiter: withArbiter,
};

/** Fields of a fixture that differ from run to run; they must be there, of the same type. */
const OF_THIS_RUN = new Set(['hosts', 'me', 'primary', 'setVersion', 'electionId', 'arbiters', 'maxWireVersion']);

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

const expectFields = (hello: Document, fixture: Document): void => {
  for (const [name, value] of Object.entries(fixture)) {
    if (OF_THIS_RUN.has(name)) expect(`${name}: ${typeOf(hello[name])}`).toBe(`${name}: ${typeOf(value)}`);
    else expect({ [name]: hello[name] }).toEqual({ [name]: value });
  }
};

/** Which of our states an answer in the discovery data stands for. */
const stateOf = (hello: Document): string | undefined => {
  if (hello.msg !== undefined || hello.ok !== 1 || hello.ismaster !== undefined) return undefined;
  if (hello.isreplicaset === true) return 'not-initiated';
  if (hello.setName === undefined)
    return hello.isWritablePrimary === true ? 'standalone-or-temporary-init-server' : undefined;
  if (hello.arbiterOnly === true) return 'arbiter';
  if (hello.isWritablePrimary === true) return 'primary';
  return hello.secondary === true && hello.hidden !== true ? 'secondary-of-three' : undefined;
};

/** Fields a set of another shape has, and what only newest or oldest servers say. */
const OTHER_SHAPES = new Set(['arbiters', 'passives', 'passive', 'hidden', 'tags', 'logicalSessionTimeoutMinutes']);

const facts = contractData<{ readonly common: Document; readonly answers: Readonly<Record<string, Document>> }>(
  'mongodb/hello-fixtures.json',
);

describe('hello by state, as in hello-fixtures.json', () => {
  it.each(Object.keys(facts.answers))('%s', async (name) => {
    const hello = await (states[name] as () => Promise<Document>)();
    expectFields(hello, { ...facts.common, ...facts.answers[name] });
  });

  it('says nothing of a set where the fixtures have nothing of it', async () => {
    for (const name of ['standalone-or-temporary-init-server', 'not-initiated']) {
      const hello = await (states[name] as () => Promise<Document>)();
      const ofSets = ['setName', 'hosts', 'me', 'primary', 'setVersion', 'electionId', 'lastWrite'];
      expect(ofSets.filter((field) => field in hello)).toEqual([]);
    }
  });
});

const dir = contractsDir();

if (dir === undefined) {
  leftOutSuite("fields of the drivers' discovery data", 'there is no folder of contracts');
} else {
  const discovery = `${dir}/mongodb/specifications/server-discovery-and-monitoring/tests`;

  describe("hello by state has every field the drivers' discovery data expects of that state", () => {
    const responses = ['rs', 'single'].flatMap((folder) =>
      readdirSync(`${discovery}/${folder}`)
        .filter((file) => file.endsWith('.json'))
        .flatMap((file) => {
          const { phases } = JSON.parse(readFileSync(`${discovery}/${folder}/${file}`, 'utf8')) as {
            phases: Array<{ responses?: Array<[string, Document]> }>;
          };
          return phases.flatMap(({ responses: all = [] }) => all.map(([, hello]) => hello));
        }),
    );
    const usable = responses.filter((hello) => stateOf(hello) !== undefined);
    process.stderr.write(
      `MongoDB discovery data: fields of ${usable.length} of ${responses.length} answers compared\n`,
    );

    it.each(['standalone-or-temporary-init-server', 'not-initiated', 'primary', 'secondary-of-three', 'arbiter'])(
      '%s',
      async (name) => {
        const wanted = new Set(
          usable.filter((hello) => stateOf(hello) === name).flatMap((hello) => Object.keys(hello)),
        );
        const hello: Document = {
          ...(await (states[name] as () => Promise<Document>)()),
          // Only sent when the client asks for it, as drivers do in their first message.
          helloOk: true,
        };
        const lacking = [...wanted].filter((field) => !(field in hello) && !OTHER_SHAPES.has(field));
        expect(lacking).toEqual([]);
      },
    );
  });
}

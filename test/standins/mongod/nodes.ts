/** Stand-ins of mongod for tests: each on a free port, with a data directory that goes away at the end. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerContext, SimulatedTime } from '@chatops-up/standins';
import { createSimulatedTime } from '@chatops-up/standins';
import { createMongodStandin, type MongodStandin } from '@chatops-up/standins/mongod';
import { type Document, MongoClient, type MongoClientOptions } from 'mongodb';
import { atEnd, closedAtEnd, tempDir as tempDirOf } from '../../helpers/at-end.ts';
import { freePort } from '../../helpers/free-port.ts';

export interface TestNode {
  readonly standin: MongodStandin;
  readonly port: number;
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly context: ServerContext;
}

export const tempDir = (): string => tempDirOf('mongod');

/** A key file with this content, as mongod wants it. @returns its path */
export const keyFile = (content: string, mode = 0o400): string => {
  const path = join(tempDir(), 'key');
  writeFileSync(path, content, { mode });
  return path;
};

export interface NodeOptions {
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly dir?: string;
  /** Default: the loopback, for clients that stand for other containers. */
  readonly listensOn?: string;
  readonly service?: string;
  /** Names of the stack's network → loopback port, besides its own service name. */
  readonly names?: Readonly<Record<string, number>>;
  /** Simulated ms per real one. Default 200. */
  readonly speed?: number;
  /** Instead of `speed`. */
  readonly time?: SimulatedTime;
}

/** Not started. Its service name (`mongo` unless said) leads to it. */
export const createNode = async (options: NodeOptions = {}): Promise<TestNode> => {
  const port = await freePort();
  const service = options.service ?? 'mongo';
  const names: Record<string, number> = { [service]: port, ...options.names };
  const context: ServerContext = {
    service,
    role: 'mongo',
    dir: options.dir ?? tempDir(),
    ...(options.listensOn === undefined ? {} : { host: options.listensOn }),
    ports: { 27017: port },
    env: options.env ?? {},
    command: options.command ?? ['--replSet', 'rs0', '--bind_ip_all'],
    time: options.time ?? createSimulatedTime(options.speed),
    lookup: (host) => {
      const found = names[host];
      return found === undefined ? undefined : { host: '127.0.0.1', port: found };
    },
    file: async () => undefined,
  };
  const standin = createMongodStandin(context);
  atEnd(() => standin.stop());
  return { standin, port, host: `127.0.0.1:${port}`, context };
};

export const startNode = async (options: NodeOptions = {}): Promise<TestNode> => {
  const node = await createNode(options);
  await node.standin.start();
  return node;
};

/** Connected as bootstrap jobs are: to this node only, whatever it says of itself. Closed at the end of the test. */
export const direct = async (
  node: { readonly host: string },
  options: MongoClientOptions = {},
): Promise<MongoClient> => {
  const client = new MongoClient(`mongodb://${node.host}/?directConnection=true`, {
    // Only against tests that hang: processes may take long to start.
    serverSelectionTimeoutMS: 60_000,
    heartbeatFrequencyMS: 500,
    minHeartbeatFrequencyMS: 20,
    ...options,
  });
  closedAtEnd(client);
  await client.connect();
  return client;
};

/** Connected as an application is: by the set's name, following its primary. */
export const bySet = (nodes: readonly { readonly host: string }[], options: MongoClientOptions = {}): MongoClient => {
  const client = new MongoClient(`mongodb://${nodes.map(({ host }) => host).join(',')}/?replicaSet=rs0`, {
    // Only against tests that hang: processes may take long to start.
    serverSelectionTimeoutMS: 60_000,
    heartbeatFrequencyMS: 500,
    minHeartbeatFrequencyMS: 20,
    ...options,
  });
  return closedAtEnd(client);
};

export const admin = (client: MongoClient, command: Document): Promise<Document> => client.db('admin').command(command);

/** Asks hello, each time waiting (awaitable hello) for the next change, until the answer fits. */
export const helloUntil = async (client: MongoClient, fits: (hello: Document) => boolean): Promise<Document> => {
  const deadline = Date.now() + 10_000;
  let hello = await admin(client, { hello: 1 });
  while (!fits(hello)) {
    if (Date.now() > deadline) throw new Error(`hello never fitted; the last one: ${JSON.stringify(hello)}`);
    hello = await admin(client, { hello: 1, topologyVersion: hello.topologyVersion, maxAwaitTimeMS: 1_000 });
  }
  return hello;
};

export const isPrimary = (hello: Document): boolean => hello.isWritablePrimary === true && hello.setName !== undefined;

export const configOf = async (client: MongoClient): Promise<Document> =>
  (await admin(client, { replSetGetConfig: 1 })).config as Document;

/** Initiates `rs0` with these nodes; waits until one leads and the others have its data. @returns a client of the first */
export const initiated = async (nodes: readonly TestNode[]): Promise<MongoClient> => {
  const [first] = nodes;
  if (first === undefined) throw new Error('a set needs a node');
  const others = await Promise.all(nodes.slice(1).map((node) => direct(node)));
  const client = await direct(first);
  await admin(client, { replSetInitiate: { _id: 'rs0', members: nodes.map(({ host }, _id) => ({ _id, host })) } });
  const isInPlace = ({ primary, secondary, isWritablePrimary }: Document) =>
    primary !== undefined && (secondary === true || isWritablePrimary === true);
  await Promise.all([client, ...others].map((one) => helloUntil(one, isInPlace)));
  return client;
};

/** What a command failed with. */
export const codeOf = async (
  command: Promise<unknown>,
): Promise<{ code: unknown; codeName: unknown; errmsg: string }> => {
  try {
    await command;
  } catch (error) {
    const { code, codeName, message } = error as { code?: unknown; codeName?: unknown; message: string };
    return { code, codeName, errmsg: message };
  }
  throw new Error('the command was expected to fail');
};

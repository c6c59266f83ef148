/**
 * What the server needs of MongoDB before it opens its port: a PRIMARY of a replica set at MONGO_URL, under a name it
 * can reach, new enough, that takes a write.
 */
import { type Document, MongoClient } from 'mongodb';

export type Lookup = (host: string, port: number) => { readonly host: string; readonly port: number } | undefined;

export type MongoVerdict =
  | { readonly kind: 'ready'; readonly client: MongoClient; readonly maxWireVersion: number }
  /** May change by waiting. */
  | { readonly kind: 'not-yet'; readonly reason: string }
  /** Cannot: the server ends at once. */
  | { readonly kind: 'never'; readonly reason: string };

export interface MongoTarget {
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly database: string;
  readonly options: URLSearchParams;
  readonly credentials: string;
}

const parseHost = (text: string): { readonly host: string; readonly port: number } => {
  const [host = '', port = '27017'] = text.split(':');
  return { host, port: Number(port) };
};

/** The parts of a connection string; names are kept as they are, no matter who resolves them. */
export const parseMongoUrl = (url: string): MongoTarget => {
  const [, rest = ''] = url.split('://');
  const [before = '', query = ''] = rest.split('?');
  const [authority = '', database = ''] = before.split('/');
  const at = authority.lastIndexOf('@');
  return {
    hosts: authority
      .slice(at + 1)
      .split(',')
      .map(parseHost),
    database: database === '' ? 'test' : database,
    options: new URLSearchParams(query),
    credentials: at < 0 ? '' : authority.slice(0, at + 1),
  };
};

const isLocal = (host: string): boolean => host === 'localhost' || host.startsWith('127.') || host === '::1';

/** Inside the container `localhost` is the chat's own container, where no mongod listens. */
const reach = (host: string, port: number, lookup: Lookup): { host: string; port: number } | { refused: string } =>
  lookup(host, port) ?? (isLocal(host) ? { refused: `connect ECONNREFUSED ${host}:${port}` } : { host, port });

const SELECTION_MS = 500;

const connect = async (host: string, port: number, target: MongoTarget): Promise<MongoClient> => {
  const wanted = new URLSearchParams({ directConnection: 'true' });
  const authSource = target.options.get('authSource');
  if (authSource !== null) wanted.set('authSource', authSource);
  const client = new MongoClient(`mongodb://${target.credentials}${host}:${port}/?${wanted}`, {
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    maxPoolSize: 2,
    // The stand-in asks when it is asked; it does not watch.
    heartbeatFrequencyMS: 60_000,
  });
  try {
    return await client.connect();
  } catch (thrown) {
    await client.close();
    throw thrown;
  }
};

const STANDALONE = 'Transaction numbers are only allowed on a replica set member or mongos (code 20)';

const problemOf = (hello: Document, target: MongoTarget): string | undefined => {
  const set = target.options.get('replicaSet');
  if (hello.setName === undefined) return 'the node is no member of a replica set yet';
  if (set !== null && hello.setName !== set) return `the set is called ${hello.setName}, not ${set}`;
  return undefined;
};

/** A client leaves the seed for the name the set gives its PRIMARY: that name must be reachable too. */
const primaryProblem = (hello: Document, target: MongoTarget, lookup: Lookup): string | undefined => {
  // A server that is the PRIMARY need not name itself one: drivers ask no more of it.
  if (typeof hello.primary !== 'string') return hello.isWritablePrimary === true ? undefined : 'the set has no PRIMARY';
  if (target.options.get('directConnection') === 'true') return undefined;
  const { host, port } = parseHost(hello.primary);
  const seeds = target.hosts.map((seed) => seed.host);
  if (seeds.includes(host) || lookup(host, port)) return undefined;
  return isLocal(host) ? `connect ECONNREFUSED ${hello.primary}` : `getaddrinfo ENOTFOUND ${host}`;
};

/** The PRIMARY as the set names it: a client follows that name, whichever member it asked first. */
const primaryAt = (hello: Document, lookup: Lookup): { readonly host: string; readonly port: number } | undefined => {
  if (typeof hello.primary !== 'string' || hello.primary === hello.me) return undefined;
  const { host, port } = parseHost(hello.primary);
  return lookup(host, port);
};

const asPrimary = async (
  seed: { readonly host: string; readonly port: number },
  target: MongoTarget,
  lookup: Lookup,
  follow = true,
): Promise<MongoVerdict> => {
  const place = reach(seed.host, seed.port, lookup);
  if ('refused' in place) return { kind: 'not-yet', reason: place.refused };
  const client = await connect(place.host, place.port, target);
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    const reason = problemOf(hello, target) ?? primaryProblem(hello, target, lookup);
    if (hello.setName === undefined && hello.isWritablePrimary === true)
      return await closed(client, STANDALONE, 'never');
    if (reason !== undefined) return await closed(client, reason);
    if (hello.isWritablePrimary === true) return { kind: 'ready', client, maxWireVersion: hello.maxWireVersion };
    const primary = follow ? primaryAt(hello, lookup) : undefined;
    const verdict = await closed(client, `${seed.host}:${seed.port} is not the PRIMARY`);
    return primary ? await asPrimary(primary, target, lookup, false) : verdict;
  } catch (thrown) {
    await client.close();
    throw thrown;
  }
};

const closed = async (
  client: MongoClient,
  reason: string,
  kind: 'not-yet' | 'never' = 'not-yet',
): Promise<MongoVerdict> => {
  await client.close();
  return { kind, reason };
};

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** What the driver refuses unasked, in its words (mongodb-connection-string-url; node's `dns`). */
const unusable = (url: string): string | undefined => {
  if (!/^mongodb(\+srv)?:\/\//.test(url))
    return 'MongoParseError: Invalid scheme, expected connection string to start with "mongodb://" or "mongodb+srv://"';
  const [, seed] = /^mongodb\+srv:\/\/(?:[^@/]*@)?([^/?]*)/.exec(url) ?? [];
  // There is no server of names here that would know the records of a cluster.
  return seed === undefined ? undefined : `Error: querySrv ENOTFOUND _mongodb._tcp.${seed}`;
};

/** Asks every host of the URL once. */
export const checkMongo = async (url: string, lookup: Lookup): Promise<MongoVerdict> => {
  const refused = unusable(url);
  if (refused !== undefined) return { kind: 'never', reason: refused };
  const target = parseMongoUrl(url);
  const reasons: string[] = [];
  for (const seed of target.hosts) {
    try {
      const verdict = await asPrimary(seed, target, lookup);
      if (verdict.kind !== 'not-yet') return verdict;
      reasons.push(verdict.reason);
    } catch (thrown) {
      reasons.push(textOf(thrown));
    }
  }
  return { kind: 'not-yet', reason: reasons.join('; ') };
};

/** Asks every wanted member by itself, then the PRIMARY they name when it is none of them. Reads only. */
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isRefusal, type MongoNode, type MongoPort, type NodeAddress, type ReplicaSetConfig } from '../mongo.ts';
import { parseAddress } from './address.ts';
import type { WantedReplicaSet } from './membership.ts';
import { configOf, type NodeAnswer, primaryOf, type SeenNode, type SeenReplicaSet } from './seen.ts';
import { type KeptUsers, type KnownUser, observeUsers } from './users/observe.ts';

const configIfAny = async (node: MongoNode): Promise<ReplicaSetConfig | undefined> => {
  try {
    return await node.config();
  } catch (thrown) {
    if (isRefusal(thrown, 'not-initialized', 'no-replication')) return undefined;
    throw thrown;
  }
};

const ask = async (node: MongoNode): Promise<NodeAnswer> => {
  const hello = await node.hello();
  if (hello.router) {
    throw new ChatopsError('UNEXPECTED_ANSWER', {
      what: 'a wanted member is no mongod',
      why: 'it answers as the router of a sharded cluster (mongos)',
    });
  }
  const isMember = hello.setName !== undefined;
  if (!isMember && !hello.ghost) return { kind: 'standalone' };
  const config = await configIfAny(node);
  if (!isMember) return config === undefined ? { kind: 'ghost' } : { kind: 'ghost', config };
  if (config === undefined) return { kind: 'silent', why: 'its replica set is just being made' };
  return {
    kind: 'member',
    setName: hello.setName,
    writable: hello.writable,
    me: hello.me ?? '',
    ...(hello.primary === undefined ? {} : { primary: hello.primary }),
    config,
    status: await node.status(),
  };
};

/** Answers that only mean "not now". */
const passing = (thrown: unknown): string | undefined => {
  if (isRefusal(thrown, 'login-refused')) {
    return 'it does not take the key of the stack: it has another one until it is started again';
  }
  if (isRefusal(thrown, 'not-primary', 'interrupted', 'timed-out', 'not-initialized', 'invalid-config')) {
    return thrown.why ?? thrown.what;
  }
  return thrown instanceof ChatopsError && thrown.code === 'UNREACHABLE' ? (thrown.why ?? thrown.what) : undefined;
};

/** A node, and what it keeps of the users where it is one that can say that. */
interface Visited {
  readonly answer: NodeAnswer;
  readonly kept?: KeptUsers;
}

/** Nothing where the node has just changed its role. */
const usersIfAny = async (node: MongoNode, users: readonly KnownUser[]): Promise<Pick<Visited, 'kept'>> => {
  try {
    return { kept: await node.users(users.map(({ name }) => name)) };
  } catch (thrown) {
    if (passing(thrown) === undefined) throw thrown;
    return {};
  }
};

const visit = async (
  mongo: MongoPort,
  at: NodeAddress,
  signal: AbortSignal,
  users: readonly KnownUser[],
): Promise<Visited> => {
  const look = async (node: MongoNode): Promise<Visited> => {
    const answer = await ask(node);
    const isPrimary = answer.kind === 'member' && answer.writable;
    return { answer, ...(isPrimary && users.length > 0 ? await usersIfAny(node, users) : {}) };
  };
  try {
    return await mongo.visit(at, look, { signal });
  } catch (thrown) {
    signal.throwIfAborted();
    const why = passing(thrown);
    if (why === undefined) throw thrown;
    return { answer: { kind: 'silent', why } };
  }
};

/** A PRIMARY that is none of the wanted members: one that has to leave, or one made by hand. */
const strangePrimary = (nodes: readonly SeenNode[]): string | undefined => {
  if (primaryOf({ nodes }) !== undefined) return undefined;
  const named = nodes.flatMap(({ answer }) => (answer.kind === 'member' ? (answer.primary ?? []) : []));
  return named.find((name) => !nodes.some(({ host }) => host === name));
};

/** Nothing without a PRIMARY, or when it has just changed. */
const usersSeen = async (
  primary: SeenNode | undefined,
  kept: KeptUsers | undefined,
  users: readonly KnownUser[],
  mongo: MongoPort,
  signal: AbortSignal,
): Promise<Pick<SeenReplicaSet, 'users'>> => {
  if (primary === undefined || kept === undefined) return {};
  try {
    return { users: await observeUsers(users, kept, mongo, parseAddress(primary.host), signal) };
  } catch (thrown) {
    signal.throwIfAborted();
    if (passing(thrown) === undefined) throw thrown;
    return {};
  }
};

/** @throws ChatopsError UNEXPECTED_ANSWER, PERMISSION_MISSING: waiting would not fix it */
export const observeReplicaSet = async (
  wanted: WantedReplicaSet,
  mongo: MongoPort,
  signal: AbortSignal,
  users: readonly KnownUser[] = [],
): Promise<SeenReplicaSet> => {
  const keptAt = new Map<string, KeptUsers | undefined>();
  const seen = async (host: string, service?: string): Promise<SeenNode> => {
    const { answer, kept } = await visit(mongo, parseAddress(host), signal, users);
    keptAt.set(host, kept);
    return { host, ...(service === undefined ? {} : { service }), answer };
  };
  const nodes = await Promise.all(wanted.members.map(({ service, host }) => seen(host, service)));
  const other = strangePrimary(nodes);
  const strange = other === undefined ? [] : [await seen(other)];
  const all = [...nodes, ...strange.filter((node) => configOf(node) !== undefined)];
  const primary = primaryOf({ nodes: all });
  return { nodes: all, ...(await usersSeen(primary, primary && keptAt.get(primary.host), users, mongo, signal)) };
};

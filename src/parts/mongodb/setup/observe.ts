/** Asks every wanted member by itself, then the PRIMARY they name when it is none of them. Reads only. */
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isRefusal, type MongoNode, type MongoPort, type NodeAddress, type ReplicaSetConfig } from '../mongo.ts';
import { parseAddress } from './address.ts';
import type { WantedReplicaSet } from './membership.ts';
import { configOf, type NodeAnswer, primaryOf, type SeenNode, type SeenReplicaSet } from './seen.ts';
import { type KnownUser, observeUsers } from './users/observe.ts';

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

const visit = async (mongo: MongoPort, at: NodeAddress, signal: AbortSignal): Promise<NodeAnswer> => {
  try {
    return await mongo.visit(at, ask, { signal });
  } catch (thrown) {
    signal.throwIfAborted();
    const why = passing(thrown);
    if (why === undefined) throw thrown;
    return { kind: 'silent', why };
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
  nodes: readonly SeenNode[],
  users: readonly KnownUser[],
  mongo: MongoPort,
  signal: AbortSignal,
): Promise<Pick<SeenReplicaSet, 'users'>> => {
  const primary = primaryOf({ nodes });
  if (primary === undefined || users.length === 0) return {};
  try {
    return { users: await observeUsers(users, mongo, parseAddress(primary.host), signal) };
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
  const nodes: readonly SeenNode[] = await Promise.all(
    wanted.members.map(async ({ service, host }) => ({
      host,
      service,
      answer: await visit(mongo, parseAddress(host), signal),
    })),
  );
  const other = strangePrimary(nodes);
  const strange: readonly SeenNode[] =
    other === undefined ? [] : [{ host: other, answer: await visit(mongo, parseAddress(other), signal) }];
  const all = [...nodes, ...strange.filter((node) => configOf(node) !== undefined)];
  return { nodes: all, ...(await usersSeen(all, users, mongo, signal)) };
};

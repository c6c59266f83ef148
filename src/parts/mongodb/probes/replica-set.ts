/**
 * The set is usable: one member is PRIMARY under a wanted name and reaches a majority. That is proven without a write
 * of ours by a read with concern linearizable: before it answers, the server commits a no-op to a majority
 * (MongoDB manual, "Read Concern linearizable"; mongodb/mongo src/mongo/db/read_concern_mongod.cpp).
 */

import { hostPort } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf, reasonOf } from '../../../probes/foreseen.ts';
import type { Account, Endpoint } from '../../../stack/stack.ts';
import { type Hello, isRefusal, MONGO, type VisitOptions } from '../mongo.ts';

export type ReplicaSetSpec = {
  readonly what: 'replica-set';
  readonly set: string;
  readonly members: readonly Endpoint[];
  /** Who looks; absent: the set lets everybody look. */
  readonly account?: Account;
};

/** Long enough for a commit between healthy members, short enough for a probe. */
const MAJORITY_WITHIN_MS = 1_500;

/** What one member says about itself, or why it does not speak. */
type Word =
  | { readonly kind: 'primary'; readonly me: string }
  /** `lasting`: waiting will not fix it. */
  | { readonly kind: 'no-primary'; readonly says: string; readonly lasting?: ChatopsError };

const wrongSet = (where: string, wanted: string, seen: string): ChatopsError =>
  new ChatopsError('UNEXPECTED_ANSWER', {
    what: `${where} belongs to another replica set`,
    why: `it is a member of ${seen}, wanted is ${wanted}`,
    next: `name the right server, or set mongo.set to ${seen} in chatops.yaml`,
  });

const wordOf = (spec: ReplicaSetSpec, endpoint: Endpoint, hello: Hello): Word => {
  const where = endpoint.service;
  if (hello.setName === undefined) {
    return { kind: 'no-primary', says: hello.ghost ? `${where} is not initiated` : `${where} is in no replica set` };
  }
  if (hello.setName !== spec.set) {
    const lasting = wrongSet(where, spec.set, hello.setName);
    return { kind: 'no-primary', says: reasonOf(lasting), lasting };
  }
  if (hello.writable) return { kind: 'primary', me: hello.me ?? '' };
  return { kind: 'no-primary', says: `${where} is ${hello.secondary ? 'SECONDARY' : 'not PRIMARY'}` };
};

const loginOf = ({ account }: ReplicaSetSpec, { secrets }: Ports): Pick<VisitOptions, 'login'> =>
  account === undefined
    ? {}
    : { login: { username: account.username, password: secrets.read(account.password), source: 'admin' } };

const listen = async (spec: ReplicaSetSpec, endpoint: Endpoint, ports: Ports, signal: AbortSignal): Promise<Word> => {
  try {
    return await ports.client(MONGO).visit(
      ports.addresses.resolve(endpoint),
      async (node) => {
        const word = wordOf(spec, endpoint, await node.hello());
        if (word.kind === 'primary') await node.proveMajority(MAJORITY_WITHIN_MS);
        return word;
      },
      { signal, ...loginOf(spec, ports) },
    );
  } catch (thrown) {
    signal.throwIfAborted();
    if (isRefusal(thrown, 'timed-out')) {
      return { kind: 'no-primary', says: `${endpoint.service} is PRIMARY but reaches no majority` };
    }
    if (isRefusal(thrown, 'not-primary', 'interrupted')) {
      return { kind: 'no-primary', says: `${endpoint.service} has just lost PRIMARY` };
    }
    if (!(thrown instanceof ChatopsError)) throw thrown;
    if (thrown.code === 'UNREACHABLE') return { kind: 'no-primary', says: reasonOf(thrown) };
    return { kind: 'no-primary', says: reasonOf(thrown), lasting: thrown };
  }
};

const judge = (words: readonly Word[], wanted: readonly string[]): Answer => {
  const silent = words.flatMap((word) => (word.kind === 'no-primary' ? [word] : []));
  const lasting = silent.find((word) => word.lasting !== undefined)?.lasting;
  if (lasting !== undefined) return cannotTell(lasting);
  const primary = words.find((word) => word.kind === 'primary');
  if (primary === undefined) return notReady(`no PRIMARY: ${silent.map(({ says }) => says).join('; ')}`);
  if (wanted.includes(primary.me)) return ready(`${primary.me} is PRIMARY and reaches a majority`);
  const calls = primary.me === '' ? 'does not say by which name it is a member' : `calls itself ${primary.me}`;
  return notReady(`the PRIMARY ${calls}, clients look for ${wanted.join(', ')}`);
};

export const createReplicaSetProbe = (spec: ReplicaSetSpec, ports: Ports): Probe => ({
  id: 'replica-set',
  ask: (signal) =>
    answerOf(signal, async () => {
      const words = await Promise.all(spec.members.map((endpoint) => listen(spec, endpoint, ports, signal)));
      return judge(
        words,
        spec.members.map((endpoint) => hostPort(ports.addresses, endpoint)),
      );
    }),
});

/** A member of a replica set, put together: whatever follows from a change of state is started here. */
import type { SimulatedTime } from '../../kit/simulated-time.ts';
import type { Store } from '../../kit/store.ts';
import type { Seal } from '../access/key-file.ts';
import type { Condition } from '../condition.ts';
import { type Documents, fromDisk } from '../storage/documents.ts';
import type { Journal } from '../storage/journal.ts';
import type { Address } from '../wire/link.ts';
import { recount } from './commit.ts';
import { type ReplConfig, readConfig } from './config.ts';
import { considerElection, watchMajority } from './elections.ts';
import { follow } from './follow.ts';
import { beatAll } from './heartbeats.ts';
import { installConfig } from './install.ts';
import { type Node, STARTUP } from './node.ts';
import { dropPeers, matchPeers } from './peers.ts';
import { promoteNewcomer } from './reconfig.ts';

export interface MemberOptions {
  readonly setName: string;
  readonly time: SimulatedTime;
  readonly store: Store;
  readonly documents: Documents;
  readonly journal: Journal;
  readonly condition: Condition;
  /** What it shows other members; undefined without a key file. */
  readonly seal: Seal | undefined;
  readonly resolve: (host: string) => Address | undefined;
  readonly isSelf: (host: string) => boolean;
}

export const createMember = (options: MemberOptions): Node => {
  let peersFor: ReplConfig | undefined;
  let news = '';
  const react = (): void => {
    if (node.ended) return;
    if (node.config !== peersFor) {
      peersFor = node.config;
      matchPeers(node);
    }
    recount(node);
    watchMajority(node);
    considerElection(node);
    follow(node);
    promoteNewcomer(node);
    const { state, term, primaryId, config } = node;
    const now = `${state} ${term} ${primaryId} ${config?.version} ${config?.term}`;
    if (now !== news) {
      news = now;
      beatAll(node);
    }
    node.condition.changed();
  };
  const saved = options.store.collection<unknown>('member');
  const vote = saved.get('vote') as { term: number; votedFor: Node['votedFor'] | null } | undefined;
  const node: Node = {
    setName: options.setName,
    time: options.time,
    journal: options.journal,
    documents: options.documents,
    condition: options.condition,
    seal: options.seal,
    saved,
    changed: react,
    resolve: options.resolve,
    isSelf: options.isSelf,
    config: undefined,
    state: STARTUP,
    term: vote?.term ?? 0,
    votedFor: vote?.votedFor ?? undefined,
    primaryId: undefined,
    peers: new Map(),
    committed: 0,
    initiating: false,
    reconfiguring: false,
    copying: saved.get('copying') === true,
    following: false,
    electing: false,
    cancelElection: undefined,
    cancelMajorityCheck: undefined,
    frozenUntil: 0,
    electedAt: undefined,
    ended: false,
  };
  return node;
};

/** Once the port is open: a member that knows its set goes back into it. */
export const enterSet = (node: Node): void => {
  const config = node.saved.get('config');
  if (typeof config === 'string') installConfig(node, readConfig(fromDisk(config)));
};

export const endMember = (node: Node): void => {
  node.ended = true;
  node.cancelElection?.();
  node.cancelMajorityCheck?.();
  dropPeers(node);
};

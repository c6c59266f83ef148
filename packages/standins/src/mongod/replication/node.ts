/** What one member of a replica set knows and remembers. Changed only by the functions of this folder. */
import type { SimulatedTime } from '../../kit/simulated-time.ts';
import type { Collection } from '../../kit/store.ts';
import type { Seal } from '../access/key-file.ts';
import type { Condition } from '../condition.ts';
import { type Documents, toDisk } from '../storage/documents.ts';
import type { Journal, Position } from '../storage/journal.ts';
import type { Address, Link } from '../wire/link.ts';
import { configDocument, type Member, type ReplConfig } from './config.ts';

export const STATE_NAMES = {
  0: 'STARTUP',
  1: 'PRIMARY',
  2: 'SECONDARY',
  3: 'RECOVERING',
  5: 'STARTUP2',
  6: 'UNKNOWN',
  7: 'ARBITER',
  8: 'DOWN',
  9: 'ROLLBACK',
  10: 'REMOVED',
} as const;
export type MemberState = keyof typeof STATE_NAMES;

export const STARTUP = 0;
export const PRIMARY = 1;
export const SECONDARY = 2;
export const STARTUP2 = 5;
export const UNKNOWN = 6;
export const ARBITER = 7;
export const DOWN = 8;
export const REMOVED = 10;

/** What is known of another member. */
export interface Peer {
  member: Member;
  readonly link: Link;
  /** For the question that stays open: others must not queue behind it. */
  readonly feed: Link;
  up: boolean;
  state: MemberState;
  configVersion: number;
  configTerm: number;
  applied: Position;
  /** The newest entry it is known to have of this primary's own log. */
  matched: number;
  /** Real ms, monotonic. */
  lastHeardMs: number;
  message: string;
  beating: boolean;
  beatAgain: boolean;
  cancelBeat: () => void;
}

export interface Node {
  readonly setName: string;
  readonly time: SimulatedTime;
  readonly journal: Journal;
  readonly condition: Condition;
  readonly documents: Documents;
  readonly saved: Collection<unknown>;
  /** What it shows other members; undefined without a key file. */
  readonly seal: Seal | undefined;
  /** To be called after every change: whatever follows from it is started, what waits looks again. */
  readonly changed: () => void;
  /** Undefined when the name leads nowhere. */
  readonly resolve: (host: string) => Address | undefined;
  readonly isSelf: (host: string) => boolean;
  config: ReplConfig | undefined;
  state: MemberState;
  term: number;
  votedFor: { readonly term: number; readonly id: number } | undefined;
  primaryId: number | undefined;
  peers: Map<number, Peer>;
  /** Index of the newest entry on a majority. */
  committed: number;
  initiating: boolean;
  reconfiguring: boolean;
  /** Has to copy all data before it counts. */
  copying: boolean;
  following: boolean;
  electing: boolean;
  cancelElection: (() => void) | undefined;
  cancelMajorityCheck: (() => void) | undefined;
  /** Simulated ms; no candidate before. */
  frozenUntil: number;
  electedAt: Position | undefined;
  ended: boolean;
}

export const selfOf = (node: Node): Member | undefined => node.config?.members.find(({ host }) => node.isSelf(host));

export const isPrimary = (node: Node): boolean => node.state === PRIMARY;

export const memberOf = (node: Node, id: number | undefined): Member | undefined =>
  node.config?.members.find((member) => member.id === id);

/** Term and vote are on disk before anybody hears of them. */
export const saveVote = (node: Node): void => {
  node.saved.put('vote', { term: node.term, votedFor: node.votedFor ?? null });
};

export const saveConfig = (node: Node): void => {
  if (node.config) node.saved.put('config', toDisk(configDocument(node.config, 'inside')));
};

export const saveCopying = (node: Node, copying: boolean): void => {
  node.copying = copying;
  node.saved.put('copying', copying);
};

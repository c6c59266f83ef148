/** What the job saw of a replica set: each member asked on its own, none believed about another's address. */
import type { ReplicaSetConfig, ReplicaSetStatus } from '../mongo.ts';

export interface SeenReplicaSet {
  /** The wanted members by ordinal, then a PRIMARY that is none of them. */
  readonly nodes: readonly SeenNode[];
  /** The wanted users as the PRIMARY knows them; absent when it could not be asked. */
  readonly users?: readonly SeenUser[];
}

export interface SeenUser {
  readonly name: string;
  /** `other-roles` and `other-password`: not those that are wanted. */
  readonly state: 'missing' | 'other-roles' | 'other-password' | 'right';
}

export interface SeenNode {
  /** `host:port` under which it was asked. */
  readonly host: string;
  /** The service that plays it; undefined for a PRIMARY outside of the wanted members. */
  readonly service?: string;
  readonly answer: NodeAnswer;
}

export type NodeAnswer =
  /** Does not answer, or is just changing its role. */
  | { readonly kind: 'silent'; readonly why: string }
  /** In no set and not made for one: the image's temporary init server, or a server without --replSet. */
  | { readonly kind: 'standalone' }
  /** Made for a set, in none: not initiated, or (then it still has a config) removed from its set. */
  | { readonly kind: 'ghost'; readonly config?: ReplicaSetConfig }
  | MemberAnswer;

export interface MemberAnswer {
  readonly kind: 'member';
  readonly setName: string;
  readonly writable: boolean;
  /** Its own name in its config. */
  readonly me: string;
  /** Name of the PRIMARY it knows. */
  readonly primary?: string;
  readonly config: ReplicaSetConfig;
  /** All members as this one sees them. */
  readonly status: ReplicaSetStatus;
}

export const configOf = ({ answer }: SeenNode): ReplicaSetConfig | undefined =>
  answer.kind === 'member' || answer.kind === 'ghost' ? answer.config : undefined;

/** Who made the set: survives every change of name, and differs between two sets of one name. */
export const replicaSetId = (config: ReplicaSetConfig | undefined): string | undefined => {
  const id = config?.settings?.replicaSetId;
  return id === undefined || id === null ? undefined : String(id);
};

type SeenMember = SeenNode & { readonly answer: MemberAnswer };

const isMember = (node: SeenNode): node is SeenMember => node.answer.kind === 'member';

/** For a moment after an election two nodes take themselves for it: the one of the later term is. */
export const primaryOf = (seen: SeenReplicaSet): SeenMember | undefined =>
  seen.nodes
    .filter(isMember)
    .filter(({ answer }) => answer.writable)
    .sort((a, b) => Number(b.answer.config.term ?? 0) - Number(a.answer.config.term ?? 0))
    .at(0);

/** The newest config known; one that a node took part in until now counts before one it was left with. */
export const newestConfig = (seen: SeenReplicaSet): ReplicaSetConfig | undefined => {
  const members = seen.nodes.filter(isMember);
  return (members.length > 0 ? members : seen.nodes)
    .flatMap((node) => configOf(node) ?? [])
    .sort((a, b) => (b.version ?? 1) - (a.version ?? 1))
    .at(0);
};

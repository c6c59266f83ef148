/** Which members of a set are ours: those that bear our tag, or are named like the services of this stack. */
import type { DatabaseRole, ReplicaSetMember } from '../mongo.ts';

export interface WantedMember {
  readonly service: string;
  /** `host:port` under which clients look for it. */
  readonly host: string;
}

export interface WantedReplicaSet {
  readonly set: string;
  /** By ordinal; never empty. */
  readonly members: readonly WantedMember[];
  /** Absent: none. */
  readonly users?: readonly WantedUser[];
}

export interface WantedUser {
  readonly name: string;
  readonly roles: readonly DatabaseRole[];
}

/** Key of the member tag whose value is the service's name. Tags only steer reads that ask for them. */
export const TAG = 'chatops-up';

/** `mongo`, `mongo-1` and `mongo-1.mongo` → base and ordinal; 0 without a number. */
const NUMBERED = /^(?<base>.+?)(?:-(?<ordinal>\d+))?$/;

const splitName = (service: string): { readonly base: string; readonly ordinal: number } => {
  const groups = NUMBERED.exec(service)?.groups;
  return { base: groups?.base ?? service, ordinal: Number(groups?.ordinal ?? 0) };
};

/** Position among the members: growing counts up, shrinking begins at the highest. */
export const ordinalOf = (service: string): number => splitName(service).ordinal;

/** The service that plays this member, wanted or not any more; undefined when a user made it. */
export const serviceOf = (member: ReplicaSetMember, wanted: WantedReplicaSet): string | undefined => {
  const tagged = member.tags?.[TAG];
  if (tagged !== undefined) return tagged;
  const exact = wanted.members.find(({ host }) => host === member.host);
  if (exact !== undefined) return exact.service;
  const [label = ''] = member.host.split(/[.:]/);
  const bases = new Set(wanted.members.map(({ service }) => splitName(service).base));
  return bases.has(splitName(label).base) ? label : undefined;
};

export const isVoter = (member: ReplicaSetMember): boolean => member.votes !== 0;

export const majorityOf = (voters: number): number => Math.floor(voters / 2) + 1;

/** Voting members a set may have at most (MongoDB manual, "Replica Set Limits"). */
export const MOST_VOTERS = 7;

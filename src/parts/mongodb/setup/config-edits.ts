/**
 * One change of a replica set's config each, as the server wants it: version + 1, everything else as it was read
 * (`settings.replicaSetId`, a user's priorities, fields of newer servers), `newlyAdded` never sent: a server refuses it.
 */
import type { ReplicaSetConfig, ReplicaSetMember } from '../mongo.ts';
import { TAG, type WantedMember } from './membership.ts';

/** Only the first member, named: without a name the server would take its host name, in a container the id. */
export const initialConfig = (set: string, first: WantedMember): ReplicaSetConfig => ({
  _id: set,
  members: [{ _id: 0, host: first.host, tags: { [TAG]: first.service } }],
});

const withMembers = (config: ReplicaSetConfig, members: readonly ReplicaSetMember[]): ReplicaSetConfig => ({
  ...config,
  version: (config.version ?? 1) + 1,
  members: members.map(
    (member) =>
      Object.fromEntries(
        Object.entries(member).filter(([name]) => name !== 'newlyAdded'),
      ) as unknown as ReplicaSetMember,
  ),
});

/** Higher than every `_id` in any of these configs: no number is given that meant another member to somebody still. */
export const nextMemberId = (configs: readonly ReplicaSetConfig[]): number =>
  1 + Math.max(-1, ...configs.flatMap(({ members }) => members.map(({ _id }) => _id)));

export const addMember = (config: ReplicaSetConfig, member: WantedMember, id: number): ReplicaSetConfig =>
  withMembers(config, [...config.members, { _id: id, host: member.host, tags: { [TAG]: member.service } }]);

export const removeMember = (config: ReplicaSetConfig, id: number): ReplicaSetConfig =>
  withMembers(
    config,
    config.members.filter(({ _id }) => _id !== id),
  );

/** The same member (same `_id`) under the name clients look for. */
export const renameMember = (config: ReplicaSetConfig, id: number, member: WantedMember): ReplicaSetConfig =>
  withMembers(
    config,
    config.members.map((each) =>
      each._id === id ? { ...each, host: member.host, tags: { ...each.tags, [TAG]: member.service } } : each,
    ),
  );

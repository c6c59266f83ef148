/** replSetReconfig: which successors of a configuration are allowed, and how one is brought into force. */
import { randomInt } from '../../kit/chance.ts';
import { refusal } from '../errors.ts';
import type { Document } from '../wire/bson-codec.ts';
import { isElectable, isVoter, type Member, majorityOf, type ReplConfig, readConfig, votersOf } from './config.ts';
import { installConfig } from './install.ts';
import { type Node, PRIMARY, SECONDARY, selfOf } from './node.ts';
import { checkReconfigQuorum } from './quorum.ts';

const incompatible = (why: string) => refusal('NewReplicaSetConfigurationIncompatible', why);

const checkMembers = (present: ReplConfig, next: ReplConfig): void => {
  for (const member of next.members) {
    const twin = present.members.find(({ host }) => host === member.host);
    if (twin && twin.id !== member.id)
      throw incompatible(
        `New and old configurations both have members with host of ${member.host} but in the new configuration ` +
          `the _id field is ${member.id} and in the old configuration it is ${twin.id} for replica set ${next.name}`,
      );
    const before = present.members.find(({ id }) => id === member.id);
    if (before && before.arbiterOnly !== member.arbiterOnly)
      throw incompatible(
        `New and old configurations differ in the setting of the arbiterOnly field for ${member.host}`,
      );
    if (before && before.buildIndexes !== member.buildIndexes)
      throw incompatible(
        `New and old configurations differ in the setting of the buildIndexes field for ${member.host}`,
      );
  }
};

const votingIds = (config: ReplConfig): number[] => config.members.filter(({ votes }) => votes > 0).map(({ id }) => id);

/** Newcomers without a vote yet count with the one they will get. */
const changedVoters = (present: ReplConfig, next: ReplConfig): number => {
  const before = new Set(votingIds(present));
  const after = new Set(votingIds(next));
  return [...before].filter((id) => !after.has(id)).length + [...after].filter((id) => !before.has(id)).length;
};

/** The implicit default write concern is w:1 while arbiters keep the data-bearing voters from a majority. */
const implicitMajority = (config: ReplConfig): boolean => {
  const voters = config.members.filter(({ votes }) => votes > 0);
  const bearing = voters.filter(({ arbiterOnly }) => !arbiterOnly).length;
  return bearing > Math.floor(voters.length / 2) || voters.length === bearing;
};

/**
 * Pure.
 * @throws CommandError 103 or 93: why `next` cannot follow `present`
 */
export const checkSuccessor = (present: ReplConfig, next: ReplConfig, force: boolean): void => {
  if (next.members.some(({ newlyAdded }) => newlyAdded))
    throw refusal('InvalidReplicaSetConfig', 'Cannot provide newlyAdded field to member config during reconfig');
  if (next.name !== present.name)
    throw incompatible(`New and old configurations differ in replica set name; old was ${present.name}`);
  if (!next.replicaSetId.equals(present.replicaSetId))
    throw incompatible('New and old configurations differ in replica set ID');
  if (!force && next.version <= present.version)
    throw incompatible(
      'New replica set configuration version and term must be greater than old, but ' +
        `${next.version} is not greater than ${present.version} for replica set ${next.name}`,
    );
  checkMembers(present, next);
  if (!force && changedVoters(present, next) > 1)
    throw incompatible('Non force replica set reconfig can only add or remove at most 1 voting member.');
  if (!force && implicitMajority(present) !== implicitMajority(next))
    throw incompatible('Reconfig attempted to install a config that would change the implicit default write concern');
};

/** Voters that were not members before have no vote until they have copied the data. */
const markNewcomers = (present: ReplConfig, members: readonly Member[]): Member[] =>
  members.map((member) => {
    const before = present.members.find(({ id }) => id === member.id);
    if (member.votes === 0 || member.arbiterOnly) return member;
    return { ...member, newlyAdded: before === undefined ? true : before.newlyAdded };
  });

const hasConfig = (node: Node, config: ReplConfig): number =>
  votersOf(config).filter(({ id }) => {
    if (id === selfOf(node)?.id) return true;
    const peer = node.peers.get(id);
    return peer?.up === true && peer.configVersion === config.version && peer.configTerm === config.term;
  }).length;

/** The present configuration, and the newest entry of this term, are on a majority. */
export const isConfigCommitted = (node: Node): boolean =>
  node.config !== undefined &&
  hasConfig(node, node.config) >= majorityOf(node.config) &&
  node.electedAt !== undefined &&
  node.committed >= node.electedAt.index;

const checkSelf = (node: Node, next: ReplConfig): void => {
  const self = next.members.find(({ host }) => node.isSelf(host));
  if (self === undefined)
    throw refusal(
      'NodeNotFound',
      `No host described in new configuration for replica set ${next.name} maps to this node`,
    );
  if (!isElectable(self))
    throw refusal('NodeNotElectable', `This node, ${self.host}, is not electable under the new configuration`);
};

const requirePrimary = (node: Node): void => {
  if (node.state !== PRIMARY)
    throw refusal('NotWritablePrimary', 'New config cannot be installed: this node is not primary');
};

const nextConfig = (node: Node, present: ReplConfig, document: Document, force: boolean): ReplConfig => {
  const given = readConfig(document, present.replicaSetId);
  checkSuccessor(present, given, force);
  // A forced version leaps, so that it wins over whatever the others may have: 10,000 at least.
  const version = force ? Math.max(present.version, given.version) + randomInt(10_000, 100_000) : given.version;
  return {
    ...given,
    version,
    term: force ? -1 : node.term,
    members: force ? given.members : markNewcomers(present, given.members),
  };
};

export interface ReconfigOptions {
  readonly force: boolean;
  /** Real ms a client waits for majorities; undefined waits as long as this node leads. */
  readonly patienceMs: number | undefined;
}

const awaitPresentCommitted = async (node: Node, options: ReconfigOptions): Promise<void> => {
  await node.condition.until(() => isConfigCommitted(node) || node.state !== PRIMARY, options.patienceMs);
  requirePrimary(node);
  if (!isConfigCommitted(node))
    throw refusal(
      'CurrentConfigNotCommittedYet',
      'Cannot run replSetReconfig because the current config is not yet on a majority of its members',
    );
};

const awaitNextCommitted = async (node: Node, options: ReconfigOptions): Promise<void> => {
  await node.condition.until(() => isConfigCommitted(node) || node.state !== PRIMARY, options.patienceMs);
  requirePrimary(node);
  if (!isConfigCommitted(node))
    throw refusal('MaxTimeMSExpired', 'operation exceeded time limit while waiting for the new config to be committed');
};

/** @throws CommandError of the codes in the reference: 10107, 109, 308, 103, 93, 74, 104, 50 */
export const reconfig = async (node: Node, document: Document, options: ReconfigOptions): Promise<void> => {
  const present = node.config;
  if (node.initiating || node.reconfiguring)
    throw refusal('ConfigurationInProgress', 'Cannot run replSetReconfig because another configuration is in progress');
  if (present === undefined) throw refusal('NotYetInitialized', 'no replset config has been received');
  if (!options.force) requirePrimary(node);
  node.reconfiguring = true;
  try {
    if (!options.force) await awaitPresentCommitted(node, options);
    const next = nextConfig(node, node.config ?? present, document, options.force);
    checkSelf(node, next);
    if (!options.force) {
      await checkReconfigQuorum(node, next);
      requirePrimary(node);
    }
    installConfig(node, next);
  } finally {
    node.reconfiguring = false;
  }
  node.changed();
  if (!options.force) await awaitNextCommitted(node, options);
};

/** Gives a newcomer that has copied the data its vote: a reconfiguration that nobody asked for. */
export const promoteNewcomer = (node: Node): void => {
  if (node.state !== PRIMARY || node.reconfiguring || node.config === undefined || !isConfigCommitted(node)) return;
  const ready = node.config.members.find(
    (member) => member.newlyAdded && node.peers.get(member.id)?.state === SECONDARY && !isVoter(member),
  );
  if (ready === undefined) return;
  const members = node.config.members.map((member) =>
    member.id === ready.id ? { ...member, newlyAdded: false } : member,
  );
  installConfig(node, { ...node.config, members, version: node.config.version + 1, term: node.term });
};

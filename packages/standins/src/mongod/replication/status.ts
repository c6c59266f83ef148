/** replSetGetStatus: docs of the command, fields of MongoDB 8.0. */

import { Long } from 'bson';
import { monotonicMs } from '../../kit/real-time.ts';
import { opTime, type Position, START, timestampOf } from '../storage/journal.ts';
import type { Document } from '../wire/bson-codec.ts';
import { type Member, majorityOf, type ReplConfig, votersOf, writeMajorityOf } from './config.ts';
import { DOWN, memberOf, type Node, type Peer, PRIMARY, STATE_NAMES } from './node.ts';

const dateOf = (at: Position): Date => new Date(at.seconds * 1000);

const placeFields = (at: Position, arbiter: boolean): Document =>
  arbiter ? {} : { optime: opTime(at), optimeDate: dateOf(at) };

const selfEntry = (node: Node, member: Member, uptime: number): Document => ({
  _id: member.id,
  name: member.host,
  health: 1,
  state: node.state,
  stateStr: STATE_NAMES[node.state],
  uptime,
  ...placeFields(node.journal.last(), member.arbiterOnly),
  syncSourceHost: node.state === PRIMARY ? '' : (memberOf(node, node.primaryId)?.host ?? ''),
  syncSourceId: node.state === PRIMARY ? -1 : (node.primaryId ?? -1),
  infoMessage: '',
  ...(node.state === PRIMARY &&
    node.electedAt && {
      electionTime: timestampOf(node.electedAt),
      electionDate: dateOf(node.electedAt),
    }),
  configVersion: node.config?.version ?? -1,
  configTerm: node.config?.term ?? -1,
  self: true,
  lastHeartbeatMessage: '',
});

const peerEntry = (node: Node, member: Member, peer: Peer | undefined): Document => ({
  _id: member.id,
  name: member.host,
  health: peer?.up === true ? 1 : 0,
  state: peer?.state ?? DOWN,
  stateStr: peer?.up === false && peer.state === DOWN ? '(not reachable/healthy)' : STATE_NAMES[peer?.state ?? DOWN],
  uptime: 0,
  ...placeFields(peer?.up === true ? peer.applied : START, member.arbiterOnly),
  lastHeartbeat: new Date(node.time.now() - (monotonicMs() - (peer?.lastHeardMs ?? 0)) * node.time.speed),
  pingMs: Long.ZERO,
  lastHeartbeatMessage: peer?.message ?? '',
  infoMessage: '',
  configVersion: peer?.configVersion ?? -1,
  configTerm: peer?.configTerm ?? -1,
});

export const statusAnswer = (node: Node, config: ReplConfig, uptime: number): Document => {
  const last = node.journal.last();
  const committed = node.journal.at(node.committed) ?? START;
  return {
    set: config.name,
    date: new Date(node.time.now()),
    myState: node.state,
    term: Long.fromNumber(node.term),
    syncSourceHost: '',
    syncSourceId: -1,
    heartbeatIntervalMillis: Long.fromNumber(config.heartbeatIntervalMillis),
    majorityVoteCount: majorityOf(config),
    writeMajorityCount: writeMajorityOf(config),
    votingMembersCount: votersOf(config).length,
    writableVotingMembersCount: votersOf(config).filter(({ arbiterOnly }) => !arbiterOnly).length,
    optimes: {
      lastCommittedOpTime: opTime(committed),
      lastCommittedWallTime: dateOf(committed),
      readConcernMajorityOpTime: opTime(committed),
      appliedOpTime: opTime(last),
      durableOpTime: opTime(last),
      lastAppliedWallTime: dateOf(last),
      lastDurableWallTime: dateOf(last),
    },
    members: config.members.map((member) =>
      node.isSelf(member.host) ? selfEntry(node, member, uptime) : peerEntry(node, member, node.peers.get(member.id)),
    ),
  };
};

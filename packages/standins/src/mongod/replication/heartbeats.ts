/** Members exchange state, term and configuration: a question every two seconds, and at once when there is news. */
import { afterReal, monotonicMs, nextTurn } from '../../kit/real-time.ts';
import { type Document, toNumber } from '../wire/bson-codec.ts';
import { createLink } from '../wire/link.ts';
import { compareConfigs, configDocument, type ReplConfig, readConfig } from './config.ts';
import { learnTerm } from './elections.ts';
import { installConfig } from './install.ts';
import {
  DOWN,
  type MemberState,
  memberOf,
  type Node,
  type Peer,
  PRIMARY,
  REMOVED,
  saveCopying,
  selfOf,
  UNKNOWN,
} from './node.ts';
import { realSpan } from './timing.ts';

/** A process that stalls must not look dead: two real seconds of silence at least. */
const answerWithinMs = (node: Node): number => realSpan(node.time, 10_000, 2_000);

export const heartbeatQuestion = (node: Node, config: ReplConfig): Document => ({
  replSetHeartbeat: config.name,
  from: selfOf(node)?.host ?? '',
  fromId: selfOf(node)?.id ?? -1,
  replicaSetId: config.replicaSetId,
  configVersion: config.version,
  configTerm: config.term,
  state: node.state,
  term: node.term,
});

export const hasData = (node: Node): boolean => node.documents.namespaces().length > 0;

/** Answers a heartbeat; a member that asks with an older configuration is given the present one. */
export const answerHeartbeat = (node: Node, asked: Document): Document => {
  takeHint(node, asked);
  const last = node.journal.last();
  const config = node.config;
  const askedConfig = { version: toNumber(asked.configVersion) ?? -1, term: toNumber(asked.configTerm) ?? -1 };
  const isOlder = config !== undefined && compareConfigs(askedConfig, config) < 0;
  return {
    set: node.setName,
    state: node.state,
    term: node.term,
    v: config?.version ?? -1,
    configTerm: config?.term ?? -1,
    replicaSetId: config?.replicaSetId,
    hasData: hasData(node),
    applied: { i: last.index, t: last.term, s: last.seconds, o: last.ordinal },
    ...(isOlder && { config: configDocument(config, 'inside') }),
  };
};

/** A question also says something of who asks: when that is news, we ask back. */
const takeHint = (node: Node, asked: Document): void => {
  // Quorum checks come from a configuration that nobody has yet: they only ask.
  if (asked.checkOnly === true || asked.replSetHeartbeat !== node.setName) return;
  if (node.config === undefined) return void joinFrom(node, String(asked.from ?? ''));
  if (asked.replicaSetId !== undefined && !node.config.replicaSetId.equals(asked.replicaSetId)) return;
  learnTerm(node, toNumber(asked.term) ?? 0);
  const offered = { version: toNumber(asked.configVersion) ?? -1, term: toNumber(asked.configTerm) ?? -1 };
  const peer = node.peers.get(toNumber(asked.fromId) ?? -1);
  if (peer?.up === true && (peer.configVersion !== offered.version || peer.configTerm !== offered.term)) {
    peer.configVersion = offered.version;
    peer.configTerm = offered.term;
    node.changed();
  }
  const isNews = peer?.up !== true || peer.state !== toNumber(asked.state) || compareConfigs(offered, node.config) > 0;
  if (peer === undefined && compareConfigs(offered, node.config) > 0) void joinFrom(node, String(asked.from ?? ''));
  else if (peer !== undefined && isNews) beat(node, peer);
};

/** A node without a configuration (or not in it) asks the one who called for the set's. */
const joinFrom = async (node: Node, host: string): Promise<void> => {
  if (host === '' || node.initiating) return;
  const link = createLink(
    () => node.resolve(host),
    host,
    () => undefined,
    node.seal,
  );
  try {
    const reply = await link.call(
      { replSetHeartbeat: node.setName, checkOnly: true, configVersion: -1, configTerm: -1, term: node.term },
      answerWithinMs(node),
    );
    if (node.ended || reply.config === undefined || reply.set !== node.setName) return;
    const offered = readConfig(reply.config);
    if (node.config !== undefined && compareConfigs(offered, node.config) <= 0) return;
    if (node.config === undefined) saveCopying(node, true);
    installConfig(node, offered);
  } catch {
    // It will call again.
  } finally {
    link.close();
  }
};

const readApplied = (reply: Document) => ({
  index: toNumber(reply.applied?.i) ?? 0,
  term: toNumber(reply.applied?.t) ?? -1,
  seconds: toNumber(reply.applied?.s) ?? 0,
  ordinal: toNumber(reply.applied?.o) ?? 0,
});

const notePeer = (peer: Peer, reply: Document): void => {
  peer.up = true;
  peer.lastHeardMs = monotonicMs();
  peer.message = '';
  peer.state = (toNumber(reply.state) ?? UNKNOWN) as MemberState;
  peer.configVersion = toNumber(reply.v) ?? -1;
  peer.configTerm = toNumber(reply.configTerm) ?? -1;
  peer.applied = readApplied(reply);
};

/** Why this answer cannot be one of our set. */
const strangeness = (node: Node, reply: Document): string | undefined => {
  if (reply.set !== node.setName) return `replica set names do not match, ours: ${node.setName}; theirs: ${reply.set}`;
  const ours = node.config?.replicaSetId;
  return reply.replicaSetId !== undefined && ours !== undefined && !ours.equals(reply.replicaSetId)
    ? `replica set IDs do not match, ours: ${ours}; theirs: ${reply.replicaSetId}`
    : undefined;
};

const heard = (node: Node, peer: Peer, reply: Document): void => {
  const strange = strangeness(node, reply);
  if (strange !== undefined) {
    lost(node, peer, strange);
    return;
  }
  notePeer(peer, reply);
  const term = toNumber(reply.term) ?? 0;
  learnTerm(node, term);
  if (peer.state === PRIMARY && term === node.term) node.primaryId = peer.member.id;
  else if (node.primaryId === peer.member.id) node.primaryId = undefined;
  const offered = reply.config === undefined ? undefined : readConfig(reply.config);
  if (offered && node.config && !node.reconfiguring && compareConfigs(offered, node.config) > 0)
    installConfig(node, offered);
  node.changed();
};

const lost = (node: Node, peer: Peer, why: string): void => {
  peer.up = false;
  peer.state = DOWN;
  peer.message = why;
  if (node.primaryId === peer.member.id) node.primaryId = undefined;
  node.changed();
};

const isCurrent = (node: Node, peer: Peer): boolean => !node.ended && node.peers.get(peer.member.id) === peer;

/** One heartbeat now, the next one after the interval. A call while one is under way makes another follow at once. */
export const beat = (node: Node, peer: Peer): void => {
  if (node.config === undefined || !isCurrent(node, peer)) return;
  if (peer.beating) {
    peer.beatAgain = true;
    return;
  }
  peer.cancelBeat();
  peer.beating = true;
  const finished = (then: () => void) => {
    peer.beating = false;
    if (!isCurrent(node, peer)) return;
    then();
    scheduleBeat(node, peer);
  };
  peer.link.call(heartbeatQuestion(node, node.config), answerWithinMs(node)).then(
    (reply) => finished(() => heard(node, peer, reply)),
    (error: Error) => finished(() => lost(node, peer, error.message)),
  );
};

const scheduleBeat = (node: Node, peer: Peer): void => {
  if (peer.beatAgain) {
    peer.beatAgain = false;
    nextTurn(() => beat(node, peer));
    return;
  }
  // Who was removed asks nobody; it hears when it is taken in again.
  if (node.state === REMOVED || !isCurrent(node, peer)) return;
  peer.cancelBeat = afterReal(realSpan(node.time, node.config?.heartbeatIntervalMillis ?? 2_000, 100), () =>
    beat(node, peer),
  );
};

/** News: everybody is notified at once. */
export const beatAll = (node: Node): void => {
  if (node.state === REMOVED || memberOf(node, selfOf(node)?.id) === undefined) return;
  for (const peer of node.peers.values()) beat(node, peer);
};

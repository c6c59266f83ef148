/** The other members: a link to each of them, made and dropped with the configuration. */
import { START } from '../storage/journal.ts';
import { createLink } from '../wire/link.ts';
import type { Member } from './config.ts';
import { beat } from './heartbeats.ts';
import { type Node, type Peer, selfOf, UNKNOWN } from './node.ts';

const createPeer = (node: Node, member: Member): Peer => {
  const peer: Peer = {
    member,
    link: createLink(
      () => node.resolve(member.host),
      member.host,
      // A connection that breaks is asked about at once; one that keeps breaking waits for its next heartbeat.
      () => {
        if (peer.up) beat(node, peer);
      },
      node.seal,
    ),
    feed: createLink(
      () => node.resolve(member.host),
      member.host,
      () => undefined,
      node.seal,
    ),
    up: false,
    state: UNKNOWN,
    configVersion: -1,
    configTerm: -1,
    applied: START,
    matched: 0,
    lastHeardMs: 0,
    message: '',
    beating: false,
    beatAgain: false,
    cancelBeat: () => undefined,
  };
  return peer;
};

const dropPeer = (peer: Peer): void => {
  peer.cancelBeat();
  peer.link.close();
  peer.feed.close();
};

/** Makes the peers those of the configuration; a member whose host changed is somebody else. */
export const matchPeers = (node: Node): void => {
  const self = selfOf(node);
  const next = new Map<number, Peer>();
  for (const member of node.config?.members ?? []) {
    if (member.id === self?.id) continue;
    const present = node.peers.get(member.id);
    const peer = present?.member.host === member.host ? present : createPeer(node, member);
    peer.member = member;
    next.set(member.id, peer);
  }
  for (const [id, peer] of node.peers) if (next.get(id) !== peer) dropPeer(peer);
  node.peers = next;
};

export const dropPeers = (node: Node): void => {
  for (const peer of node.peers.values()) dropPeer(peer);
  node.peers = new Map();
};

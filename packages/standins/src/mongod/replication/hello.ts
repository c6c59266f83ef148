/** The hello answer by state: mongodb/mongo db/repl/hello/hello_response.cpp. */
import { Long, ObjectId } from 'bson';
import type { Server } from '../server.ts';
import { opTime, type Position } from '../storage/journal.ts';
import type { Document } from '../wire/bson-codec.ts';
import type { Member, ReplConfig } from './config.ts';
import { ARBITER, memberOf, type Node, PRIMARY, REMOVED, SECONDARY, selfOf } from './node.ts';

/** 7fffffff and the term: the form of protocol version 1. */
export const electionIdOf = (term: number): ObjectId =>
  new ObjectId(`7fffffff${Math.floor(term).toString(16).padStart(16, '0')}`);

const hostLists = (config: ReplConfig): Document => {
  const shown = config.members.filter(({ hidden }) => !hidden);
  const hosts = (which: (member: Member) => boolean) => shown.filter(which).map(({ host }) => host);
  const passives = hosts(({ priority, arbiterOnly }) => priority === 0 && !arbiterOnly);
  const arbiters = hosts(({ arbiterOnly }) => arbiterOnly);
  return {
    hosts: hosts(({ priority, arbiterOnly }) => priority > 0 && !arbiterOnly),
    ...(passives.length > 0 && { passives }),
    ...(arbiters.length > 0 && { arbiters }),
  };
};

const lastWrite = (node: Node): Document => {
  const dateOf = (at: Position) => new Date(at.seconds * 1000);
  const last = node.journal.last();
  const committed = node.journal.at(node.committed) ?? last;
  return {
    opTime: opTime(last),
    lastWriteDate: dateOf(last),
    majorityOpTime: opTime(committed),
    majorityWriteDate: dateOf(committed),
  };
};

const ghost: Document = {
  isWritablePrimary: false,
  secondary: false,
  info: 'Does not have a valid replica set config',
  isreplicaset: true,
};

const memberAnswer = (node: Node, config: ReplConfig, self: Member): Document => {
  const primary = memberOf(node, node.primaryId)?.host;
  return {
    ...hostLists(config),
    setName: config.name,
    setVersion: config.version,
    isWritablePrimary: node.state === PRIMARY,
    secondary: node.state === SECONDARY,
    ...(primary !== undefined && { primary }),
    ...(node.state === ARBITER && { arbiterOnly: true }),
    ...(self.priority === 0 && !self.arbiterOnly && { passive: true }),
    ...(self.hidden && { hidden: true }),
    ...(Object.keys(self.tags).length > 0 && { tags: self.tags }),
    me: self.host,
    ...(node.state === PRIMARY && { electionId: electionIdOf(node.term) }),
    lastWrite: lastWrite(node),
  };
};

export const replicationAnswer = (node: Node | undefined): Document => {
  if (node === undefined) return { isWritablePrimary: true };
  const self = selfOf(node);
  if (node.config === undefined || self === undefined || node.state === REMOVED) return ghost;
  return memberAnswer(node, node.config, self);
};

/** Grows with everything a client must learn of: state, term, configuration, who leads. */
export const topologyCounter = (server: Server): number => {
  const { member, topology } = server;
  const { state, term, primaryId, config } = member ?? {};
  const seen = `${state} ${term} ${primaryId} ${config?.version} ${config?.term}`;
  if (seen !== topology.seen) {
    topology.counter += topology.seen === '' ? 0 : 1;
    topology.seen = seen;
  }
  return topology.counter;
};

export const topologyVersion = (server: Server): Document => ({
  processId: server.processId,
  counter: Long.fromNumber(topologyCounter(server)),
});

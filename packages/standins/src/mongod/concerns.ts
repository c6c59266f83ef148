/** Read and write concerns: how far data must have come before an answer counts. */
import { Timestamp } from 'bson';
import { type CodeName, codeOf, refusal } from './errors.ts';
import { holders } from './replication/commit.ts';
import { isPrimary, type Node } from './replication/node.ts';
import { patienceMs } from './replication/timing.ts';
import type { Server } from './server.ts';
import { timestampOf } from './storage/journal.ts';
import { type Document, isDocument, toNumber } from './wire/bson-codec.ts';

const concernError = (codeName: CodeName, errmsg: string, more: Document = {}): Document => ({
  writeConcernError: { code: codeOf(codeName), codeName, errmsg, ...more },
});

/** @throws CommandError BadValue on a standalone, where nothing is replicated */
export const checkWriteConcern = (server: Server, concern: Document): void => {
  const w = toNumber(concern.w);
  if (server.member === undefined && w !== undefined && w > 1)
    throw refusal('BadValue', "cannot use 'w' > 1 when a host is not replicated");
};

/** Fields to add to the answer of a write: none when the concern is met. */
export const awaitWriteConcern = async (server: Server, concern: Document): Promise<Document> => {
  const node = server.member;
  const w = concern.w ?? 'majority';
  if (node?.config === undefined || toNumber(w) === 0) return {};
  const bearing = node.config.members.filter(({ arbiterOnly }) => !arbiterOnly).length;
  const wanted = toNumber(w);
  if (wanted !== undefined && wanted > bearing)
    return concernError('UnsatisfiableWriteConcern', 'Not enough data-bearing nodes');
  if (wanted === undefined && w !== 'majority')
    return concernError('UnknownReplWriteConcern', `No write concern mode named '${String(w)}' found`);
  const { index } = node.journal.last();
  const isMet = () => (wanted === undefined ? node.committed >= index : holders(node, index, false) >= wanted);
  const timeout = toNumber(concern.wtimeout) ?? 0;
  const limit = timeout > 0 ? patienceMs(node.time, timeout) : undefined;
  await node.condition.until(() => isMet() || !isPrimary(node), limit);
  if (isMet()) return {};
  if (isPrimary(node) && limit !== undefined)
    return concernError('WriteConcernTimeout', 'waiting for replication timed out', {
      errInfo: { wtimeout: true, writeConcern: { w, wtimeout: timeout } },
    });
  return concernError('PrimarySteppedDown', 'Primary stepped down while waiting for replication');
};

const awaitLinearizable = async (node: Node, body: Document): Promise<void> => {
  if (!isPrimary(node))
    throw refusal('NotWritablePrimary', 'cannot satisfy linearizable read concern on non-primary node');
  const { index } = node.journal.write(node.term);
  node.changed();
  const maxTimeMs = toNumber(body.maxTimeMS) ?? 0;
  const limit = maxTimeMs > 0 ? patienceMs(node.time, maxTimeMs) : undefined;
  await node.condition.until(() => node.committed >= index || !isPrimary(node), limit);
  if (node.committed >= index) return;
  if (!isPrimary(node)) throw refusal('PrimarySteppedDown', 'stepped down while confirming a linearizable read');
  throw refusal('MaxTimeMSExpired', 'operation exceeded time limit while waiting for linearizable read concern');
};

const awaitAfter = async (node: Node, after: Timestamp, body: Document): Promise<void> => {
  const isThere = () => timestampOf(node.journal.last()).greaterThanOrEqual(after);
  // Nobody has it yet on a primary: then it writes nothing for it, the next read will see what there is.
  if (isThere() || isPrimary(node)) return;
  const maxTimeMs = toNumber(body.maxTimeMS) ?? 0;
  await node.condition.until(isThere, maxTimeMs > 0 ? patienceMs(node.time, maxTimeMs) : undefined);
  if (!isThere()) throw refusal('MaxTimeMSExpired', 'operation exceeded time limit while waiting for afterClusterTime');
};

/**
 * The documents a read may see.
 * @throws CommandError 50, 123, 189, 10107 by the read concern
 */
export const readableDocuments = async (server: Server, ns: string, body: Document): Promise<Document[]> => {
  const concern = isDocument(body.readConcern) ? body.readConcern : {};
  const node = server.member;
  if (concern.level === 'linearizable') {
    if (node === undefined)
      throw refusal('NotAReplicaSet', 'node needs to be a replica set member to use linearizable');
    await awaitLinearizable(node, body);
  }
  if (node && concern.afterClusterTime instanceof Timestamp) await awaitAfter(node, concern.afterClusterTime, body);
  if (node && (concern.level === 'majority' || concern.level === 'snapshot'))
    return server.journal.asOf(ns, node.committed);
  return server.documents.all(ns);
};

/** A member without the lead keeps asking the primary for what it does not have yet; asking also reports what it has. */

import { refusal } from '../errors.ts';
import { type Entry, entryFromDocument, entryToDocument } from '../storage/journal.ts';
import { type Document, toNumber } from '../wire/bson-codec.ts';
import { learnTerm } from './elections.ts';
import { ARBITER, type Node, type Peer, PRIMARY, REMOVED, SECONDARY, STARTUP2, saveCopying, selfOf } from './node.ts';

const ENTRIES_PER_ANSWER = 1_000;
/** Real ms an unanswered question stays with the primary. */
const LONG_POLL_MS = 1_000;
/** What copying the data takes at least, simulated. */
const COPY_MS = 500;

const source = (node: Node): Peer | undefined => {
  const mayFollow = !node.ended && node.state !== PRIMARY && node.state !== ARBITER && node.state !== REMOVED;
  return mayFollow && node.primaryId !== undefined ? node.peers.get(node.primaryId) : undefined;
};

/** Starts the loop unless it runs. It ends by itself when there is no primary to follow. */
export const follow = (node: Node): void => {
  if (node.following || source(node) === undefined) return;
  node.following = true;
  void followLoop(node).then((served) => {
    node.following = false;
    // After a failure the next news begins it again: a heartbeat at the latest.
    if (served) node.changed();
  });
};

/** False when asking failed. */
const followLoop = async (node: Node): Promise<boolean> => {
  for (let peer = source(node); peer !== undefined; peer = source(node)) {
    try {
      take(node, await peer.feed.call(question(node), LONG_POLL_MS + 5_000));
      if (node.copying) await finishCopying(node);
    } catch {
      return false;
    }
  }
  return true;
};

const question = (node: Node): Document => {
  const last = node.journal.last();
  return {
    replSetFetchOplog: 1,
    term: node.term,
    memberId: selfOf(node)?.id ?? -1,
    copy: node.copying,
    index: last.index,
    lastTerm: last.term,
    committed: node.committed,
    waitMs: LONG_POLL_MS,
  };
};

const take = (node: Node, reply: Document): void => {
  if (node.ended) return;
  learnTerm(node, toNumber(reply.term) ?? 0);
  if (reply.diverged === true) {
    if (!node.journal.undoLast()) saveCopying(node, true);
  } else if (Array.isArray(reply.copy)) {
    node.journal.install(
      reply.copy.map((one) => ({ ns: one.ns, key: one.k, after: one.a })),
      entryFromDocument(reply.at),
    );
  } else for (const document of (reply.entries ?? []) as Document[]) adoptOnce(node, entryFromDocument(document));
  const committed = Math.min(toNumber(reply.committed) ?? 0, node.journal.last().index);
  node.committed = Math.max(node.committed, committed);
  node.changed();
};

const adoptOnce = (node: Node, entry: Entry): void => {
  if (entry.index === node.journal.last().index + 1) node.journal.adopt(entry);
};

const finishCopying = async (node: Node): Promise<void> => {
  await new Promise<void>((resolve) => void node.time.after(COPY_MS, resolve));
  if (node.ended) return;
  saveCopying(node, false);
  if (node.state === STARTUP2) node.state = SECONDARY;
  node.changed();
};

const copyOfEverything = (node: Node): Document => ({
  copy: node.documents.everything().map(({ ns, key, after }) => ({ ns, k: key, a: after })),
  at: entryToDocument({ ...node.journal.last(), change: undefined }),
});

/** The primary's side of `question`. */
export const answerFetch = async (node: Node, asked: Document): Promise<Document> => {
  learnTerm(node, toNumber(asked.term) ?? 0);
  if (node.state !== PRIMARY) throw refusal('NotWritablePrimary', 'not primary, nothing to follow');
  const common = () => ({ term: node.term, committed: node.committed });
  const index = toNumber(asked.index) ?? 0;
  const knownTerm = node.journal.termAt(index);
  if (asked.copy === true || (knownTerm === undefined && index < node.journal.last().index))
    return { ...common(), ...copyOfEverything(node) };
  if (knownTerm !== toNumber(asked.lastTerm)) return { ...common(), diverged: true };
  notePosition(node, toNumber(asked.memberId), index);
  const known = toNumber(asked.committed) ?? 0;
  await node.condition.until(
    () => node.journal.last().index > index || node.committed > known || node.state !== PRIMARY,
    toNumber(asked.waitMs) ?? LONG_POLL_MS,
  );
  if (node.state !== PRIMARY) throw refusal('PrimarySteppedDown', 'stepped down');
  return { ...common(), entries: node.journal.after(index, ENTRIES_PER_ANSWER).map(entryToDocument) };
};

const notePosition = (node: Node, memberId: number | undefined, index: number): void => {
  const peer = memberId === undefined ? undefined : node.peers.get(memberId);
  if (peer === undefined || index <= peer.matched) return;
  peer.matched = index;
  node.changed();
};

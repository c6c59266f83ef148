/**
 * The oplog: every change with its term and position, on disk before the change itself.
 * Entries keep the document as it was before, so that a member that was alone with a write can take it back,
 * and a majority read can look behind the writes that are not on a majority yet.
 */
import { Long, Timestamp } from 'bson';
import type { Store } from '../../kit/store.ts';
import { type Document, toNumber } from '../wire/bson-codec.ts';
import { type Change, type Documents, fromDisk, keyOf, toDisk } from './documents.ts';

export interface Position {
  /** Counts entries; 0 before the first. */
  readonly index: number;
  readonly term: number;
  /** Seconds and ordinal, as in a Timestamp. */
  readonly seconds: number;
  readonly ordinal: number;
}

export interface Entry extends Position {
  /** Absent on a no-op (a new term, an initiate). */
  readonly change?: Change | undefined;
}

export const START: Position = { index: 0, term: -1, seconds: 0, ordinal: 0 };

/** `{ts, t}`: how a mongod writes a position. */
export const opTime = (at: Position): Document => ({ ts: timestampOf(at), t: Long.fromNumber(at.term) });
export const timestampOf = (at: Position): Timestamp => new Timestamp({ t: at.seconds, i: at.ordinal });

export const entryToDocument = (entry: Entry): Document => ({
  i: entry.index,
  t: entry.term,
  s: entry.seconds,
  o: entry.ordinal,
  ...(entry.change && {
    ns: entry.change.ns,
    k: entry.change.key,
    ...(entry.change.before && { b: entry.change.before }),
    ...(entry.change.after && { a: entry.change.after }),
  }),
});

export const entryFromDocument = (document: Document): Entry => ({
  index: toNumber(document.i) ?? 0,
  term: toNumber(document.t) ?? 0,
  seconds: toNumber(document.s) ?? 0,
  ordinal: toNumber(document.o) ?? 0,
  ...(document.ns !== undefined && {
    change: { ns: document.ns, key: document.k, before: document.b, after: document.a },
  }),
});

/** More than a member should ever lag; one further behind copies everything. */
const KEPT_ENTRIES = 5_000;

export interface Journal {
  last(): Position;
  /** Makes a change (or a no-op) here, as primary or standalone. */
  write(term: number, change?: Change): Entry;
  /** Takes over an entry of the primary. */
  adopt(entry: Entry): void;
  /** Takes the newest entry back. False when there is none left. */
  undoLast(): boolean;
  /** Undefined when it is not known any more, or not yet. */
  termAt(index: number): number | undefined;
  /** Undefined when it is not known any more, or not yet. */
  at(index: number): Position | undefined;
  after(index: number, limit: number): Entry[];
  /** The documents of a namespace without the changes after `index`. */
  asOf(ns: string, index: number): Document[];
  /** Replaces all data by the primary's. */
  install(changes: readonly Change[], at: Position): void;
  recent(): readonly Entry[];
}

const undo = (present: readonly Document[], changes: readonly Change[]): Document[] => {
  if (changes.length === 0) return [...present];
  const byKey = new Map(present.map((document) => [keyOf(document._id), document]));
  for (const { key, before } of [...changes].reverse()) {
    if (before === undefined) byKey.delete(key);
    else byKey.set(key, before);
  }
  return [...byKey.values()];
};

/** @param keeps false on a standalone: changes are made and nothing is remembered of them */
export const openJournal = (store: Store, documents: Documents, keeps: boolean, nowMs: () => number): Journal => {
  const disk = store.collection<string>('oplog');
  const meta = store.collection<Position>('oplogBase');
  let base: Position = meta.get('base') ?? START;
  let entries: Entry[] = disk
    .all()
    .map((text) => entryFromDocument(fromDisk(text)))
    .sort((a, b) => a.index - b.index);
  const last = (): Position => entries.at(-1) ?? base;

  // A kill between writing the entry and making the change: make it now; all changes may be made twice.
  const newest = entries.at(-1)?.change;
  if (newest) documents.apply(newest);

  const rebase = (at: Position): void => {
    base = { index: at.index, term: at.term, seconds: at.seconds, ordinal: at.ordinal };
    meta.put('base', base);
  };
  const trim = (): void => {
    if (entries.length <= KEPT_ENTRIES * 2) return;
    const dropped = entries.slice(0, entries.length - KEPT_ENTRIES);
    entries = entries.slice(dropped.length);
    rebase(dropped.at(-1) as Entry);
    for (const { index } of dropped) disk.delete(String(index));
  };
  const adopt = (entry: Entry): void => {
    if (keeps) {
      entries.push(entry);
      disk.put(String(entry.index), toDisk(entryToDocument(entry)));
    } else base = entry;
    if (entry.change) documents.apply(entry.change);
    trim();
  };
  const nextPosition = (term: number): Position => {
    const before = last();
    const seconds = Math.floor(nowMs() / 1000);
    return seconds > before.seconds
      ? { index: before.index + 1, term, seconds, ordinal: 1 }
      : { index: before.index + 1, term, seconds: before.seconds, ordinal: before.ordinal + 1 };
  };
  const at = (index: number): Position | undefined => (index === base.index ? base : entries[index - base.index - 1]);
  return {
    last,
    at,
    write: (term, change) => {
      const entry: Entry = { ...nextPosition(term), change };
      adopt(entry);
      return entry;
    },
    adopt,
    undoLast: () => {
      const entry = entries.pop();
      if (entry === undefined) return false;
      if (entry.change) documents.apply({ ns: entry.change.ns, key: entry.change.key, after: entry.change.before });
      disk.delete(String(entry.index));
      return true;
    },
    termAt: (index) => at(index)?.term,
    after: (index, limit) => entries.slice(Math.max(0, index - base.index), Math.max(0, index - base.index) + limit),
    asOf: (ns, index) => {
      const later = entries.slice(Math.max(0, index - base.index)).flatMap(({ change }) => change ?? []);
      return undo(
        documents.all(ns),
        later.filter((change) => change.ns === ns),
      );
    },
    install: (changes, position) => {
      for (const { index } of entries) disk.delete(String(index));
      entries = [];
      documents.clear();
      for (const change of changes) documents.apply(change);
      rebase(position);
    },
    recent: () => entries,
  };
};

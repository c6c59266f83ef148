/** All documents of a mongod, in memory and on disk: namespace (`db.collection`) → key of _id → document. */
import { EJSON } from 'bson';
import type { Store } from '../../kit/store.ts';
import { type Document, readDocument, toNumber, writeDocument } from '../wire/bson-codec.ts';

/** Collections' own descriptions live here, one document per namespace, so that they replicate like data. */
export const CATALOG = '$catalog';

/** What happened to one document. No `after`: it was deleted. No `before`: it was made. */
export interface Change {
  readonly ns: string;
  readonly key: string;
  readonly before?: Document | undefined;
  readonly after?: Document | undefined;
}

export interface Documents {
  /** Every namespace that holds a document or is in the catalog. */
  namespaces(): string[];
  /** In order of insertion. */
  all(ns: string): Document[];
  get(ns: string, key: string): Document | undefined;
  apply(change: Change): void;
  /** Every document as a change that makes it: what a new member copies. */
  everything(): Change[];
  clear(): void;
}

/** Numbers that are equal are the same _id, whatever their type. */
export const keyOf = (id: unknown): string => {
  const number = toNumber(id);
  return number === undefined ? EJSON.stringify([id], { relaxed: false }) : `n${number}`;
};

/** On disk a document is its BSON: extended JSON would read a client's own `$date` as a date. */
export const toDisk = (document: Document): string => Buffer.from(writeDocument(document)).toString('base64');
export const fromDisk = (text: string): Document => readDocument(Buffer.from(text, 'base64'));

export const openDocuments = (store: Store): Documents => {
  const disk = store.collection<{ readonly ns: string; readonly d: string }>('documents');
  const memory = new Map<string, Map<string, Document>>();
  const place = (ns: string) => {
    const found = memory.get(ns) ?? new Map<string, Document>();
    memory.set(ns, found);
    return found;
  };
  const diskKey = (ns: string, key: string) => `${ns} ${key}`;
  for (const { ns, d } of disk.all()) {
    const document = fromDisk(d);
    place(ns).set(keyOf(document._id), document);
  }
  const apply = ({ ns, key, after }: Change): void => {
    if (after === undefined) {
      place(ns).delete(key);
      disk.delete(diskKey(ns, key));
    } else {
      place(ns).set(key, after);
      disk.put(diskKey(ns, key), { ns, d: toDisk(after) });
    }
  };
  const everything = (): Change[] =>
    [...memory].flatMap(([ns, entries]) => [...entries].map(([key, after]) => ({ ns, key, after })));
  return {
    namespaces: () => [...memory].filter(([, entries]) => entries.size > 0).map(([ns]) => ns),
    all: (ns) => [...(memory.get(ns)?.values() ?? [])],
    get: (ns, key) => memory.get(ns)?.get(key),
    apply,
    everything,
    clear: () => {
      for (const { ns, key } of everything()) apply({ ns, key });
    },
  };
};

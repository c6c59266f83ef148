/** Collections and their indexes as clients see them; every change goes through `write`, so that it replicates. */
import { UUID } from 'bson';
import { refusal } from '../errors.ts';
import { sameValue } from '../query/compare.ts';
import { valueAt } from '../query/paths.ts';
import { type Document, isDocument, toBoolean } from '../wire/bson-codec.ts';
import { CATALOG, type Change, type Documents, keyOf } from './documents.ts';

export interface Index {
  readonly v: number;
  readonly key: Document;
  readonly name: string;
  readonly unique?: boolean;
}

export interface Description {
  readonly _id: string;
  readonly options: Document;
  readonly uuid: UUID;
  readonly indexes: readonly Index[];
}

export interface Collections {
  /** Undefined when there is no such collection. */
  describe(ns: string): Description | undefined;
  inDatabase(db: string): Description[];
  databases(): string[];
  /** @throws CommandError NamespaceExists, InvalidNamespace */
  create(ns: string, options: Document): void;
  drop(ns: string): Description | undefined;
  /** Index documents as `createIndexes` takes them. @returns how many are new */
  createIndexes(ns: string, specs: readonly Document[]): number;
  dropIndexes(ns: string, which: (index: Index) => boolean): number;
  /** @throws CommandError DuplicateKey */
  insert(ns: string, document: Document): void;
  /** @throws CommandError DuplicateKey */
  replace(ns: string, before: Document, after: Document): void;
  remove(ns: string, document: Document): void;
}

const ID_INDEX: Index = { v: 2, key: { _id: 1 }, name: '_id_' };

const databaseOf = (ns: string): string => ns.slice(0, ns.indexOf('.'));

const checkName = (ns: string): void => {
  const name = ns.slice(ns.indexOf('.') + 1);
  if (name === '' || name.startsWith('.') || name.includes('$') || ns.includes('\0'))
    throw refusal('InvalidNamespace', `Invalid namespace specified '${ns}'`);
};

const indexName = (key: Document): string =>
  Object.entries(key)
    .map(([path, direction]) => `${path}_${String(direction)}`)
    .join('_');

const readIndex = (spec: Document): Index => {
  if (!isDocument(spec.key) || Object.keys(spec.key).length === 0)
    throw refusal('FailedToParse', "The 'key' field is a required property of an index specification");
  const { v: _version, ...rest } = spec;
  return {
    ...rest,
    v: 2,
    key: spec.key,
    name: String(spec.name ?? indexName(spec.key)),
    ...(spec.unique !== undefined && { unique: toBoolean(spec.unique) }),
  };
};

const duplicate = (ns: string, index: Index, document: Document) => {
  const keyValue = Object.fromEntries(Object.keys(index.key).map((path) => [path, valueAt(document, path) ?? null]));
  return refusal(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${ns} index: ${index.name} dup key: ${JSON.stringify(keyValue)}`,
    { keyPattern: index.key, keyValue },
  );
};

export const createCollections = (documents: Documents, write: (change: Change) => void): Collections => {
  const describe = (ns: string) => documents.get(CATALOG, keyOf(ns)) as Description | undefined;
  const all = () => documents.all(CATALOG) as Description[];
  const put = (description: Description): void => {
    const key = keyOf(description._id);
    write({ ns: CATALOG, key, before: documents.get(CATALOG, key), after: { ...description } });
  };
  const create = (ns: string, options: Document): void => {
    checkName(ns);
    if (describe(ns)) throw refusal('NamespaceExists', `Collection ${ns} already exists.`);
    put({ _id: ns, options, uuid: new UUID(), indexes: [ID_INDEX] });
  };
  const ensured = (ns: string): Description => {
    if (!describe(ns)) create(ns, {});
    return describe(ns) as Description;
  };
  const checkUnique = (ns: string, document: Document, own: string | undefined): void => {
    for (const index of ensured(ns).indexes) {
      if (index.unique !== true) continue;
      const paths = Object.keys(index.key);
      const twin = documents
        .all(ns)
        .find(
          (other) =>
            keyOf(other._id) !== own && paths.every((path) => sameValue(valueAt(other, path), valueAt(document, path))),
        );
      if (twin) throw duplicate(ns, index, document);
    }
  };
  return {
    describe,
    inDatabase: (db) => all().filter(({ _id }) => databaseOf(_id) === db),
    databases: () => [...new Set(all().map(({ _id }) => databaseOf(_id)))].sort(),
    create,
    drop: (ns) => {
      const description = describe(ns);
      if (description === undefined) return undefined;
      for (const document of documents.all(ns)) write({ ns, key: keyOf(document._id), before: document });
      write({ ns: CATALOG, key: keyOf(ns), before: { ...description } });
      return description;
    },
    createIndexes: (ns, specs) => {
      const wanted = specs.map(readIndex);
      const { indexes, ...rest } = ensured(ns);
      const clash = wanted.find((one) =>
        indexes.some((there) => there.name === one.name && !sameValue(there.key, one.key)),
      );
      if (clash)
        throw refusal('IndexOptionsConflict', `Index with name: ${clash.name} already exists with another key`);
      const fresh = wanted.filter((one) => !indexes.some((there) => sameValue(there.key, one.key)));
      if (fresh.length > 0) put({ ...rest, indexes: [...indexes, ...fresh] });
      return fresh.length;
    },
    dropIndexes: (ns, which) => {
      const description = describe(ns);
      if (description === undefined) throw refusal('NamespaceNotFound', `ns not found ${ns}`);
      const kept = description.indexes.filter((index) => index.name === '_id_' || !which(index));
      if (kept.length === description.indexes.length) return 0;
      put({ ...description, indexes: kept });
      return description.indexes.length - kept.length;
    },
    insert: (ns, document) => {
      const key = keyOf(document._id);
      ensured(ns);
      if (documents.get(ns, key)) throw duplicate(ns, ID_INDEX, document);
      checkUnique(ns, document, undefined);
      write({ ns, key, after: document });
    },
    replace: (ns, before, after) => {
      const key = keyOf(before._id);
      checkUnique(ns, after, key);
      write({ ns, key, before, after });
    },
    remove: (ns, document) => write({ ns, key: keyOf(document._id), before: document }),
  };
};

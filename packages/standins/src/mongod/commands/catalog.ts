/** Databases, collections and indexes. */
import { Long } from 'bson';
import { may } from '../access/authorize.ts';
import { refusal } from '../errors.ts';
import { sameValue } from '../query/compare.ts';
import { compileFilter } from '../query/filter.ts';
import type { Index } from '../storage/collections.ts';
import { type Document, isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';
import { type Call, type Command, collectionOf, listOf } from './command.ts';

const batchSizeOf = (body: Document): number => toNumber(body.cursor?.batchSize) ?? 101;

const filterOf = (body: Document) => compileFilter(isDocument(body.filter) ? body.filter : {});

const listDatabases: Command = {
  name: 'listDatabases',
  counts: 'read',
  needs: 'readable',
  run: (call) => {
    const { server, body } = call;
    const all = [...new Set([...server.collections.databases(), ...(server.member ? ['local'] : [])])].sort();
    const names = may(call, 'look', 'admin') ? all : all.filter((db) => may(call, 'list', db));
    const matches = filterOf(body);
    const databases = names.map((name) => ({ name, sizeOnDisk: Long.fromNumber(8192), empty: false })).filter(matches);
    if (toBoolean(body.nameOnly)) return { databases: databases.map(({ name }) => ({ name })) };
    return { databases, totalSize: Long.fromNumber(8192 * databases.length), totalSizeMb: Long.ZERO };
  },
};

const listCollections: Command = {
  name: 'listCollections',
  counts: 'read',
  needs: 'readable',
  run: ({ server, db, body }) => {
    const found = server.collections.inDatabase(db).map(({ _id, options, uuid, indexes }) => {
      const name = _id.slice(db.length + 1);
      const brief = { name, type: 'collection' };
      return toBoolean(body.nameOnly)
        ? brief
        : { ...brief, options, info: { readOnly: false, uuid }, idIndex: indexes[0] };
    });
    const matching = found.filter(filterOf(body));
    return server.cursors.open(`${db}.$cmd.listCollections`, matching, batchSizeOf(body), false);
  },
};

const described = ({ server }: Call, ns: string) => {
  const description = server.collections.describe(ns);
  if (description === undefined) throw refusal('NamespaceNotFound', `ns does not exist: ${ns}`);
  return description;
};

const listIndexes: Command = {
  name: 'listIndexes',
  counts: 'read',
  needs: 'readable',
  run: (call) => {
    const ns = collectionOf(call);
    const indexes = described(call, ns).indexes.map((index) => ({ ...index }));
    return call.server.cursors.open(ns, indexes, batchSizeOf(call.body), false);
  },
};

const create: Command = {
  name: 'create',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const { create: _name, lsid: _lsid, $db: _db, writeConcern: _concern, $clusterTime: _time, ...options } = call.body;
    call.server.collections.create(collectionOf(call), options);
    return {};
  },
};

const drop: Command = {
  name: 'drop',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    const dropped = call.server.collections.drop(ns);
    // Since 7.0 dropping what is not there is no error.
    return dropped ? { nIndexesWas: dropped.indexes.length, ns } : {};
  },
};

const dropDatabase: Command = {
  name: 'dropDatabase',
  counts: 'write',
  needs: 'primary',
  run: ({ server, db }) => {
    const present = server.collections.inDatabase(db);
    for (const { _id } of present) server.collections.drop(_id);
    return present.length > 0 ? { dropped: db } : {};
  },
};

const createIndexes: Command = {
  name: 'createIndexes',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    const before = call.server.collections.describe(ns);
    const made = call.server.collections.createIndexes(ns, listOf(call.body.indexes, 'indexes'));
    const numIndexesBefore = before?.indexes.length ?? 1;
    return {
      numIndexesBefore,
      numIndexesAfter: numIndexesBefore + made,
      createdCollectionAutomatically: before === undefined,
      ...(made === 0 && { note: 'all indexes already exist' }),
    };
  },
};

const isMeant = (index: Index, wanted: unknown): boolean => {
  if (wanted === '*') return true;
  if (Array.isArray(wanted)) return wanted.includes(index.name);
  return typeof wanted === 'string' ? index.name === wanted : sameValue(index.key, wanted);
};

const dropIndexes: Command = {
  name: 'dropIndexes',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    const nIndexesWas = described(call, ns).indexes.length;
    const wanted = call.body.index;
    const dropped = call.server.collections.dropIndexes(ns, (index) => isMeant(index, wanted));
    if (dropped === 0 && wanted !== '*')
      throw refusal('IndexNotFound', `index not found with name [${String(wanted)}]`);
    return { nIndexesWas };
  },
};

export const catalog: readonly Command[] = [
  listDatabases,
  listCollections,
  listIndexes,
  create,
  drop,
  dropDatabase,
  createIndexes,
  dropIndexes,
];

import { ObjectId } from 'bson';
import { CommandError, refusal } from '../errors.ts';
import { sameValue } from '../query/compare.ts';
import { compileFilter, equalities } from '../query/filter.ts';
import { withValueAt } from '../query/paths.ts';
import { compileProjection } from '../query/project.ts';
import { sortDocuments } from '../query/sort.ts';
import { applyUpdate, isReplacement } from '../query/update.ts';
import { type Document, isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';
import { type Call, type Command, collectionOf, documentOf, listOf } from './command.ts';

/** `_id` first, made when it is missing. */
const withId = (document: Document): Document => {
  const { _id, ...rest } = document;
  if (Array.isArray(_id) || _id instanceof RegExp) throw refusal('BadValue', "can't use an array or regex for _id");
  return { _id: _id ?? new ObjectId(), ...rest };
};

/** Runs the statements of a batch; an ordered one ends at the first that fails. */
const inBatch = <T>(statements: readonly T[], body: Document, run: (statement: T, index: number) => void): Document => {
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (body.ordered === undefined || toBoolean(body.ordered)) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
};

const insert: Command = {
  name: 'insert',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    let n = 0;
    const errors = inBatch(listOf(call.body.documents, 'documents'), call.body, (document) => {
      call.server.collections.insert(ns, withId(document));
      n += 1;
    });
    return { n, ...errors };
  },
};

/** The document an upsert makes when nothing matched. */
const upserted = (filter: Document, update: unknown, now: Date): Document => {
  const start = isReplacement(update)
    ? { ...('_id' in equalities(filter) && { _id: equalities(filter)._id }) }
    : Object.entries(equalities(filter)).reduce<Document>(
        (document, [path, value]) => withValueAt(document, path.split('.'), () => value) as Document,
        {},
      );
  return withId(applyUpdate(start, update, { inserting: true, now }));
};

interface UpdateTotals {
  n: number;
  nModified: number;
  readonly upserted: Document[];
}

const runUpdate = (call: Call, ns: string, statement: Document, index: number, totals: UpdateTotals): void => {
  const { collections, documents, time } = call.server;
  const filter = documentOf(statement.q, 'q');
  const multi = toBoolean(statement.multi);
  if (multi && isReplacement(statement.u))
    throw refusal('FailedToParse', 'multi update is not supported for replacement-style update');
  const now = new Date(time.now());
  const matching = documents.all(ns).filter(compileFilter(filter));
  const meant = multi
    ? matching
    : sortDocuments(matching, isDocument(statement.sort) ? statement.sort : undefined).slice(0, 1);
  for (const before of meant) {
    const after = applyUpdate(before, statement.u, { inserting: false, now });
    totals.n += 1;
    if (sameValue(before, after)) continue;
    collections.replace(ns, before, after);
    totals.nModified += 1;
  }
  if (meant.length > 0 || !toBoolean(statement.upsert)) return;
  const made = upserted(filter, statement.u, now);
  collections.insert(ns, made);
  totals.n += 1;
  totals.upserted.push({ index, _id: made._id });
};

const update: Command = {
  name: 'update',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    const totals: UpdateTotals = { n: 0, nModified: 0, upserted: [] };
    const errors = inBatch(listOf(call.body.updates, 'updates'), call.body, (statement, index) =>
      runUpdate(call, ns, statement, index, totals),
    );
    const { n, nModified } = totals;
    return { n, nModified, ...(totals.upserted.length > 0 && { upserted: totals.upserted }), ...errors };
  },
};

const remove: Command = {
  name: 'delete',
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    let n = 0;
    const errors = inBatch(listOf(call.body.deletes, 'deletes'), call.body, (statement) => {
      const matching = call.server.documents.all(ns).filter(compileFilter(documentOf(statement.q, 'q')));
      const meant = toNumber(statement.limit) === 1 ? matching.slice(0, 1) : matching;
      for (const document of meant) call.server.collections.remove(ns, document);
      n += meant.length;
    });
    return { n, ...errors };
  },
};

const findAndModify: Command = {
  name: 'findAndModify',
  aliases: ['findandmodify'],
  counts: 'write',
  needs: 'primary',
  run: (call) => {
    const ns = collectionOf(call);
    const { body, server } = call;
    const filter = isDocument(body.query) ? body.query : {};
    const project = compileProjection(isDocument(body.fields) ? body.fields : undefined);
    const shown = (document: Document | undefined) => (document === undefined ? null : project(document));
    const matching = server.documents.all(ns).filter(compileFilter(filter));
    const [before] = sortDocuments(matching, isDocument(body.sort) ? body.sort : undefined);
    if (toBoolean(body.remove)) {
      if (before) server.collections.remove(ns, before);
      return { lastErrorObject: { n: before ? 1 : 0 }, value: shown(before) };
    }
    const now = new Date(server.time.now());
    if (before === undefined && !toBoolean(body.upsert))
      return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    const after = before
      ? applyUpdate(before, body.update, { inserting: false, now })
      : upserted(filter, body.update, now);
    if (before === undefined) server.collections.insert(ns, after);
    else if (!sameValue(before, after)) server.collections.replace(ns, before, after);
    return {
      lastErrorObject: {
        n: 1,
        updatedExisting: before !== undefined,
        ...(before === undefined && { upserted: after._id }),
      },
      value: shown(toBoolean(body.new) ? after : before),
    };
  },
};

export const writes: readonly Command[] = [insert, update, remove, findAndModify];

import { Long } from 'bson';
import { readableDocuments } from '../concerns.ts';
import { refusal } from '../errors.ts';
import { distinctValues } from '../query/compare.ts';
import { compileFilter } from '../query/filter.ts';
import { valuesAt } from '../query/paths.ts';
import { runPipeline } from '../query/pipeline.ts';
import { compileProjection } from '../query/project.ts';
import { sortDocuments } from '../query/sort.ts';
import { virtualDocuments } from '../virtual.ts';
import { type Document, isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';
import { type Call, type Command, collectionOf, countOf, listOf } from './command.ts';

const optional = (value: unknown): Document | undefined => (isDocument(value) ? value : undefined);

const FIRST_BATCH = 101;

const visible = async (call: Call, ns: string): Promise<Document[]> =>
  virtualDocuments(call.server, ns) ?? (await readableDocuments(call.server, ns, call.body));

const find: Command = {
  name: 'find',
  counts: 'read',
  needs: 'readable',
  run: async (call) => {
    const { body, server } = call;
    const ns = collectionOf(call);
    const matches = compileFilter(optional(body.filter));
    const project = compileProjection(optional(body.projection));
    const skip = countOf(body.skip, 'skip') ?? 0;
    const limit = toNumber(body.limit) ?? 0;
    const found = sortDocuments((await visible(call, ns)).filter(matches), optional(body.sort));
    const wanted = limit === 0 ? found.slice(skip) : found.slice(skip, skip + Math.abs(limit));
    const batchSize = countOf(body.batchSize, 'batchSize') ?? FIRST_BATCH;
    return server.cursors.open(ns, wanted.map(project), batchSize, toBoolean(body.singleBatch) || limit < 0);
  },
};

const getMore: Command = {
  name: 'getMore',
  counts: 'read',
  needs: 'any',
  run: ({ server, db, body }) => {
    if (!(body.getMore instanceof Long)) throw refusal('TypeMismatch', 'getMore must be a 64-bit integer');
    const batchSize = countOf(body.batchSize, 'batchSize');
    return server.cursors.next(
      body.getMore,
      `${db}.${String(body.collection)}`,
      batchSize === 0 ? undefined : batchSize,
    );
  },
};

const killCursors: Command = {
  name: 'killCursors',
  counts: 'read',
  needs: 'any',
  run: ({ server, body }) => {
    const ids = Array.isArray(body.cursors) ? body.cursors.filter((id) => id instanceof Long) : [];
    const { killed, unknown } = server.cursors.kill(ids);
    return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [] };
  },
};

const aggregate: Command = {
  name: 'aggregate',
  counts: 'read',
  needs: 'readable',
  run: async (call) => {
    const { body, db, server } = call;
    const stages = listOf(body.pipeline, 'pipeline');
    const onDatabase = toNumber(body.aggregate) === 1;
    if (stages.some((stage) => '$changeStream' in stage)) throw changeStreamRefusal(call);
    const ns = onDatabase ? `${db}.$cmd.aggregate` : collectionOf(call);
    const documents = runPipeline(onDatabase ? [] : await visible(call, ns), stages);
    return server.cursors.open(ns, documents, toNumber(body.cursor?.batchSize) ?? FIRST_BATCH, false);
  },
};

const changeStreamRefusal = ({ server }: Call) =>
  server.member === undefined
    ? refusal('Location40573', 'The $changeStream stage is only supported on replica sets')
    : refusal('CommandNotSupported', 'this stand-in plays no change streams');

const count: Command = {
  name: 'count',
  counts: 'read',
  needs: 'readable',
  run: async (call) => {
    const matches = compileFilter(optional(call.body.query));
    const found = (await visible(call, collectionOf(call))).filter(matches).length;
    const skip = countOf(call.body.skip, 'skip') ?? 0;
    const limit = Math.abs(toNumber(call.body.limit) ?? 0);
    const rest = Math.max(0, found - skip);
    return { n: limit === 0 ? rest : Math.min(limit, rest) };
  },
};

const distinct: Command = {
  name: 'distinct',
  counts: 'read',
  needs: 'readable',
  run: async (call) => {
    const path = String(call.body.key ?? '');
    const found = (await visible(call, collectionOf(call))).filter(compileFilter(optional(call.body.query)));
    const all = found
      .flatMap((document) => valuesAt(document, path))
      .flatMap((value) => (Array.isArray(value) ? value : [value]));
    return { values: distinctValues(all) };
  },
};

export const reads: readonly Command[] = [find, getMore, killCursors, aggregate, count, distinct];

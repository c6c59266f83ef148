/** Collections of `local` that a member shows of itself. */

import { Long } from 'bson';
import { configDocument } from './replication/config.ts';
import type { Server } from './server.ts';
import { timestampOf } from './storage/journal.ts';
import type { Document } from './wire/bson-codec.ts';

const oplog = (server: Server): Document[] =>
  server.journal.recent().map((entry) => ({
    ts: timestampOf(entry),
    t: Long.fromNumber(entry.term),
    v: Long.fromNumber(2),
    op: entry.change === undefined ? 'n' : entry.change.after === undefined ? 'd' : entry.change.before ? 'u' : 'i',
    ns: entry.change?.ns ?? '',
    o: entry.change?.after ?? { _id: entry.change?.before?._id },
    wall: new Date(entry.seconds * 1000),
  }));

/** Undefined for ordinary collections. */
export const virtualDocuments = (server: Server, ns: string): Document[] | undefined => {
  if (server.member === undefined) return undefined;
  if (ns === 'local.oplog.rs') return oplog(server);
  if (ns !== 'local.system.replset') return undefined;
  return server.member.config === undefined ? [] : [configDocument(server.member.config, 'client')];
};

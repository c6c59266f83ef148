import { Long } from 'bson';
import { wallClockMs } from '../kit/real-time.ts';
import { refusal } from './errors.ts';
import type { Document } from './wire/bson-codec.ts';

export interface Cursors {
  /** The first batch as an answer; what is left is kept under the cursor's id (0: nothing is left). */
  open(ns: string, documents: readonly Document[], batchSize: number, single: boolean): Document;
  /** @throws CommandError CursorNotFound */
  next(id: Long, ns: string, batchSize: number | undefined): Document;
  kill(ids: readonly Long[]): { readonly killed: Long[]; readonly unknown: Long[] };
}

/** Kept cursors at most; the oldest goes first, as idle ones do in time. */
const KEPT = 500;

export const createCursors = (): Cursors => {
  const open = new Map<string, { readonly ns: string; rest: readonly Document[] }>();
  let last = 0;
  return {
    open: (ns, documents, batchSize, single) => {
      const firstBatch = documents.slice(0, batchSize);
      const rest = documents.slice(batchSize);
      if (single || rest.length === 0) return { cursor: { firstBatch, id: Long.ZERO, ns } };
      last += 1;
      const id = Long.fromNumber(wallClockMs()).shiftLeft(16).add(last);
      open.set(String(id), { ns, rest });
      for (const oldest of open.keys()) if (open.size > KEPT) open.delete(oldest);
      return { cursor: { firstBatch, id, ns } };
    },
    next: (id, ns, batchSize) => {
      const cursor = open.get(String(id));
      if (cursor === undefined || cursor.ns !== ns) throw refusal('CursorNotFound', `cursor id ${id} not found`);
      const nextBatch = cursor.rest.slice(0, batchSize ?? cursor.rest.length);
      cursor.rest = cursor.rest.slice(nextBatch.length);
      if (cursor.rest.length > 0) return { cursor: { nextBatch, id, ns } };
      open.delete(String(id));
      return { cursor: { nextBatch, id: Long.ZERO, ns } };
    },
    kill: (ids) => {
      const killed = ids.filter((id) => open.delete(String(id)));
      return { killed, unknown: ids.filter((id) => !killed.includes(id)) };
    },
  };
};

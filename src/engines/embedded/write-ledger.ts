/** Adds what reached each stand-in in a run to the totals on disk: evidence that outlives the process. */
import { renameSync, writeFileSync } from 'node:fs';
import type { Ledger, RequestKind } from '@chatops-up/standins';
import { readBounded } from '../../adapters/read-bounded.ts';
import { isListOf, isNumber, isRecord, readJson } from '../../values/shape.ts';

/** Writes of the last run are listed by name up to this many per service. */
const LISTED_WRITES = 200;
/** Bytes. */
const LARGEST = 16 * 1024 * 1024;

interface LedgerRecord {
  readonly totals: Readonly<Record<RequestKind, number>>;
  readonly lastRun: Readonly<Record<RequestKind, number>>;
  readonly lastWrites: readonly string[];
}

/** service → its record */
export type LedgerFile = Readonly<Record<string, LedgerRecord>>;

const KINDS: readonly RequestKind[] = ['read', 'write', 'session', 'traffic'];

const isCount = (value: unknown): boolean => isRecord(value) && KINDS.every((kind) => isNumber(value[kind]));

const isLedger = (value: unknown): value is LedgerFile =>
  isRecord(value) &&
  Object.values(value).every(
    (each) =>
      isRecord(each) &&
      isCount(each.totals) &&
      isCount(each.lastRun) &&
      isListOf(each.lastWrites, (what) => typeof what === 'string'),
  );

/** Only statistics: a damaged file is begun anew. */
export const readLedgerFile = (path: string): LedgerFile => {
  const read = readBounded(path, LARGEST);
  const value = read.kind === 'text' ? readJson(read.text) : undefined;
  return isLedger(value) ? value : {};
};

export const addToLedgerFile = (path: string, ledgers: ReadonlyMap<string, Ledger>): void => {
  const before = readLedgerFile(path);
  const after: Record<string, LedgerRecord> = { ...before };
  for (const [service, ledger] of ledgers) {
    const lastRun = ledger.totals();
    const known = before[service]?.totals;
    const totals = Object.fromEntries(KINDS.map((kind) => [kind, (known?.[kind] ?? 0) + lastRun[kind]]));
    const lastWrites = ledger
      .entries()
      .filter(({ kind }) => kind === 'write')
      .map(({ what }) => what);
    after[service] = {
      totals: totals as Record<RequestKind, number>,
      lastRun,
      lastWrites: lastWrites.slice(0, LISTED_WRITES),
    };
  }
  writeFileSync(`${path}.new`, `${JSON.stringify(after, null, 2)}\n`);
  renameSync(`${path}.new`, path);
};

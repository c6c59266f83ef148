export type RequestKind =
  /** Changes nothing that lasts. */
  | 'read'
  /** Asks to create, change or delete an object (also when it is refused). */
  | 'write'
  /** Opens or closes a session: a login, a logout, a handshake. */
  | 'session'
  /** What machinery sends by itself: heartbeats, job polls, hook deliveries. */
  | 'traffic';

export interface LedgerEntry {
  readonly kind: RequestKind;
  /** `POST /api/v1/channels.create`, `replSetInitiate`; never a token or a query value. */
  readonly what: string;
}

/** Counts what reached a stand-in: the evidence that a converged run wrote nothing. */
export interface Ledger {
  count(kind: RequestKind, what: string): void;
  totals(): Readonly<Record<RequestKind, number>>;
  /** In order of arrival, since the start. */
  entries(): readonly LedgerEntry[];
}

export const createLedger = (): Ledger => {
  const entries: LedgerEntry[] = [];
  const totals = { read: 0, write: 0, session: 0, traffic: 0 };
  return {
    count: (kind, what) => {
      entries.push({ kind, what });
      totals[kind] += 1;
    },
    totals: () => ({ ...totals }),
    entries: () => [...entries],
  };
};

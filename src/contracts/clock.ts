/** Time as a port: monotonic, so that a deadline is not moved by the wall clock. */
export interface Clock {
  /** Milliseconds since some fixed moment; only differences mean anything. */
  now(): number;
  /** Wall clock, for reports and for moments that others give as dates; never for deadlines. */
  date(): Date;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

import type { EventSink } from '../contracts/event-sink.ts';

/** Reports a run while it goes on. One of: live (a terminal), plain (lines), json (one document per line), quiet. */
export interface Reporter extends EventSink {
  /** Before anything else: which nodes there will be, in start order. */
  begin(nodes: readonly { readonly name: string; readonly kind: 'service' | 'job' }[]): void;
  /** Nothing more will come; resolves when everything is written. */
  end(): Promise<void>;
}

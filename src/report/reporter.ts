import type { EventSink } from '../contracts/event-sink.ts';

export interface NodeFacts {
  readonly name: string;
  readonly kind: 'service' | 'job';
  /** How long it may take, ms. */
  readonly withinMs: number;
}

/** Reports a run while it goes on. One of: live (a terminal), plain (lines), json (one document per line), quiet. */
export interface Reporter extends EventSink {
  /** Before anything else: which nodes there will be, in start order. */
  begin(nodes: readonly NodeFacts[]): void;
  /** Nothing more will come; resolves when everything is written. */
  end(): Promise<void>;
}

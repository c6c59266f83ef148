/** What a job container tells on its standard output with `--json`: one JSON document a line. */

import type { Event } from '../contracts/event-sink.ts';
import type { Proof } from '../contracts/proofs.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';
import { errorFromWire } from './probe-lines.ts';

export type JobLine =
  | Extract<Event, { type: 'node-started' | 'change' | 'warning' | 'job-waiting' | 'node-done' }>
  | { readonly type: 'proof'; readonly node: string; readonly proof: Proof };

export type ReadJobLine = JobLine | { readonly type: 'error'; readonly error: ChatopsError };

export const jobLine = (line: JobLine): string => JSON.stringify(line);

const TYPES = ['node-started', 'change', 'warning', 'job-waiting', 'node-done', 'proof'];

/** Undefined for what is none of ours, e.g. a warning of the runtime. */
export const parseJobLine = (line: string): ReadJobLine | undefined => {
  try {
    const read = JSON.parse(line) as JobLine | ({ type: 'error' } & Parameters<typeof errorFromWire>[0]);
    if (read.type === 'error') return { type: 'error', error: errorFromWire(read) };
    return TYPES.includes(read.type) ? read : undefined;
  } catch {
    return undefined;
  }
};

/** What a job container prints on its standard output with `--json`: one JSON document a line. */

import type { Event } from '../contracts/event-sink.ts';
import { isChange } from '../contracts/job.ts';
import { isProof, type Proof } from '../contracts/proofs.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';
import { hasTexts, isNumber, readJson } from '../values/shape.ts';
import { errorFromWire, isWireError } from './probe-lines.ts';

export type JobLine =
  | Extract<Event, { type: 'node-started' | 'change' | 'warning' | 'job-waiting' | 'node-done' }>
  | { readonly type: 'proof'; readonly node: string; readonly proof: Proof };

export type ReadJobLine = JobLine | { readonly type: 'error'; readonly error: ChatopsError };

export const jobLine = (line: JobLine): string => JSON.stringify(line);

type IsOne = (line: Readonly<Record<string, unknown>>) => boolean;

/** Type of a line → what else must stand in it. */
const KNOWN: Readonly<Record<string, IsOne>> = {
  'node-started': ({ kind }) => kind === 'service' || kind === 'job',
  change: ({ change }) => isChange(change),
  warning: ({ text }) => typeof text === 'string',
  'job-waiting': (line) => hasTexts(line, 'for'),
  'node-done': ({ changes, tookMs }) => isNumber(changes) && isNumber(tookMs),
  proof: ({ proof }) => isProof(proof),
};

/** Undefined for what is none of ours, e.g. a warning of the runtime. */
export const parseJobLine = (line: string): ReadJobLine | undefined => {
  const read = readJson(line);
  if (!hasTexts(read, 'type')) return undefined;
  if (read.type === 'error') return isWireError(read) ? { type: 'error', error: errorFromWire(read) } : undefined;
  const type = String(read.type);
  if (!hasTexts(read, 'node') || !Object.hasOwn(KNOWN, type)) return undefined;
  return KNOWN[type]?.(read) ? (read as unknown as JobLine) : undefined;
};

/**
 * How the prober is asked: one JSON document a line, both ways, many questions at a time over one connection.
 *
 * ```text
 * → {"id":1,"service":"gitlab"}          the readiness of a service, as the table of probes has it
 * → {"id":2,"spec":{"what":"tcp",…}}     any question; only over its own standard input
 * → {"id":3,"job":{"job":"conversation",…},"secrets":{…},"files":{…}}     what a job would do; only there as well
 * → {"id":2,"cancel":true}
 * ← {"id":1,"answer":{"kind":"not-ready","reason":"…"}}
 * ← {"id":3,"warning":"…"}
 * ← {"id":3,"decided":{"kind":"decided","decision":{…}}}
 * ```
 */

import type { Decision } from '../contracts/job.ts';
import type { Answer } from '../contracts/probe.ts';
import type { Proof } from '../contracts/proofs.ts';
import { CATALOGUE, type CatalogueEntry, type ErrorCode } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { JobSpec, ProbeSpec } from '../stack/stack.ts';

/** A job to be decided on, with what its own container would be given. */
export interface JobQuestion {
  readonly job: JobSpec;
  /** Name of the variable → value: those that this job reads, no others. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Path in the stack directory → text: rendered files that this job reads. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a job would do now; or what its observation ended with. */
export type Decided =
  | { readonly kind: 'decided'; readonly decision: Decision; readonly proof?: Proof }
  | { readonly kind: 'failed'; readonly error: ChatopsError };

export type Question =
  | { readonly id: number; readonly service: string }
  | { readonly id: number; readonly spec: ProbeSpec }
  | ({ readonly id: number } & JobQuestion)
  | { readonly id: number; readonly cancel: true }
  /** Of a version that knows more: it is refused, not left waiting. */
  | { readonly id: number; readonly unknown: true };

export type Reply =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly warning: string }
  | { readonly id: number; readonly decided: Decided };

interface ErrorOnTheWire {
  readonly code: string;
  readonly what: string;
  readonly why?: string;
  readonly next: string;
}

export const errorToWire = ({ code, what, why, next }: ChatopsError): ErrorOnTheWire => ({
  code,
  what,
  ...(why === undefined ? {} : { why }),
  next,
});

/** A code this version does not know becomes INTERNAL, its texts stay. */
export const errorFromWire = ({ code, what, why, next }: ErrorOnTheWire): ChatopsError => {
  const known: Readonly<Record<string, CatalogueEntry>> = CATALOGUE;
  const facts = { what, next, ...(why === undefined ? {} : { why }) };
  return new ChatopsError(known[code] === undefined ? 'INTERNAL' : (code as ErrorCode), facts);
};

type Plain<T> = T extends { readonly error: ChatopsError } ? Omit<T, 'error'> & { readonly error: ErrorOnTheWire } : T;

const outgoing = <T extends Answer | Decided>(told: T): Plain<T> =>
  ('error' in told ? { ...told, error: errorToWire(told.error) } : told) as Plain<T>;

const incoming = <T extends Answer | Decided>(told: Plain<T>): T =>
  ('error' in told ? { ...told, error: errorFromWire(told.error as ErrorOnTheWire) } : told) as T;

export const replyLine = (reply: Reply): string => {
  const { id } = reply;
  if ('answer' in reply) return `${JSON.stringify({ id, answer: outgoing(reply.answer) })}\n`;
  if ('decided' in reply) return `${JSON.stringify({ id, decided: outgoing(reply.decided) })}\n`;
  return `${JSON.stringify(reply)}\n`;
};

/** @throws SyntaxError when the line is not JSON */
export const parseReply = (line: string): Reply => {
  const reply = JSON.parse(line) as
    | { id: number; answer: Plain<Answer> }
    | { id: number; warning: string }
    | { id: number; decided: Plain<Decided> };
  if ('answer' in reply) return { id: reply.id, answer: incoming<Answer>(reply.answer) };
  if ('decided' in reply) return { id: reply.id, decided: incoming<Decided>(reply.decided) };
  return reply;
};

export const questionLine = (question: Question): string => `${JSON.stringify(question)}\n`;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isJobQuestion = (read: object): boolean =>
  'job' in read &&
  isObject(read.job) &&
  'secrets' in read &&
  isObject(read.secrets) &&
  'files' in read &&
  isObject(read.files);

/** Undefined for what is no question at all. */
export const parseQuestion = (line: string): Question | undefined => {
  try {
    const read: unknown = JSON.parse(line);
    if (!isObject(read) || !('id' in read) || typeof read.id !== 'number') return undefined;
    const asks =
      ('service' in read && typeof read.service === 'string') ||
      ('spec' in read && isObject(read.spec)) ||
      isJobQuestion(read) ||
      ('cancel' in read && read.cancel === true);
    return asks ? (read as Question) : { id: read.id, unknown: true };
  } catch {
    return undefined;
  }
};

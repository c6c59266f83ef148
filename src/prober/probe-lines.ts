/**
 * How the prober is asked: one JSON document a line, both ways, many questions at a time over one connection.
 *
 * ```text
 * → {"id":1,"service":"wiki"}            the readiness of a service, as the table of probes has it
 * → {"id":2,"spec":{"what":"tcp",…}}     any question; only over its own standard input
 * → {"id":3,"job":{"job":"conversation",…},"secrets":{…},"files":{…}}     what a job would do; only there as well
 * → {"id":2,"cancel":true}
 * ← {"id":1,"answer":{"kind":"not-ready","reason":"…"}}
 * ← {"id":3,"warning":"…"}
 * ← {"id":3,"decided":{"kind":"decided","decision":{…}}}
 * ```
 */

import { type Decision, isChange } from '../contracts/job.ts';
import type { Answer } from '../contracts/probe.ts';
import { isProof, type Proof } from '../contracts/proofs.ts';
import { CATALOGUE, type ErrorCode } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { JobSpec, ProbeSpec } from '../stack/stack.ts';
import { hasTexts, isListOf, isNumber, isRecord, mayHaveTexts, readJson } from '../values/shape.ts';

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
  /** The prober was started without the code that does such a job. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly error: ChatopsError };

export type ProberQuestion =
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

export interface ErrorOnTheWire {
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

export const isWireError = (value: unknown): value is ErrorOnTheWire =>
  hasTexts(value, 'code', 'what', 'next') && mayHaveTexts(value, 'why');

/** A code this version does not know becomes INTERNAL, its texts stay. */
export const errorFromWire = ({ code, what, why, next }: ErrorOnTheWire): ChatopsError => {
  const facts = { what, next, ...(why === undefined ? {} : { why }) };
  return new ChatopsError(Object.hasOwn(CATALOGUE, code) ? (code as ErrorCode) : 'INTERNAL', facts);
};

type Plain<T> = T extends { readonly error: ChatopsError } ? Omit<T, 'error'> & { readonly error: ErrorOnTheWire } : T;

const outgoing = <T extends Answer | Decided>(value: T): Plain<T> =>
  ('error' in value ? { ...value, error: errorToWire(value.error) } : value) as Plain<T>;

const incoming = <T extends Answer | Decided>(value: Plain<T>): T =>
  ('error' in value ? { ...value, error: errorFromWire(value.error as ErrorOnTheWire) } : value) as T;

const isAnswer = (value: unknown): value is Plain<Answer> => {
  if (!isRecord(value)) return false;
  if (value.kind === 'ready') return mayHaveTexts(value, 'detail', 'caution');
  return value.kind === 'not-ready'
    ? hasTexts(value, 'reason')
    : value.kind === 'cannot-tell' && isWireError(value.error);
};

const isDecision = (value: unknown): boolean =>
  isRecord(value) &&
  isListOf(value.changes, isChange) &&
  isListOf(value.conflicts, (each) => hasTexts(each, 'resource', 'name', 'why', 'next')) &&
  isListOf(value.warnings, (each) => typeof each === 'string') &&
  mayHaveTexts(value, 'waitingFor');

const isDecided = (value: unknown): value is Plain<Decided> => {
  if (!isRecord(value)) return false;
  if (value.kind === 'failed') return isWireError(value.error);
  if (value.kind === 'unknown') return true;
  return value.kind === 'decided' && isDecision(value.decision) && (value.proof === undefined || isProof(value.proof));
};

export const replyLine = (reply: Reply): string => {
  const { id } = reply;
  if ('answer' in reply) return `${JSON.stringify({ id, answer: outgoing(reply.answer) })}\n`;
  if ('decided' in reply) return `${JSON.stringify({ id, decided: outgoing(reply.decided) })}\n`;
  return `${JSON.stringify(reply)}\n`;
};

/** Undefined for what is none: a prober of another version, or a runtime's own words. */
export const parseReply = (line: string): Reply | undefined => {
  const read = readJson(line);
  if (!isRecord(read) || !isNumber(read.id)) return undefined;
  const { id, answer, decided, warning } = read;
  if (isAnswer(answer)) return { id, answer: incoming<Answer>(answer) };
  if (isDecided(decided)) return { id, decided: incoming<Decided>(decided) };
  return typeof warning === 'string' ? { id, warning } : undefined;
};

export const questionLine = (question: ProberQuestion): string => `${JSON.stringify(question)}\n`;

const isJobQuestion = ({ job, secrets, files }: Readonly<Record<string, unknown>>): boolean =>
  isRecord(job) && isRecord(secrets) && isRecord(files);

/** Undefined for what is no question at all. */
export const parseQuestion = (line: string): ProberQuestion | undefined => {
  const read = readJson(line);
  if (!isRecord(read) || typeof read.id !== 'number') return undefined;
  const asks = typeof read.service === 'string' || isRecord(read.spec) || isJobQuestion(read) || read.cancel === true;
  return asks ? (read as unknown as ProberQuestion) : { id: read.id, unknown: true };
};

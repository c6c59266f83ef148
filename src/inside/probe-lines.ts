/**
 * How the prober is asked: one JSON document a line, both ways, many questions at a time over one connection.
 *
 * ```text
 * → {"id":1,"service":"gitlab"}          the readiness of a service, as the table of probes has it
 * → {"id":2,"spec":{"what":"tcp",…}}     any question; only over its own standard input
 * → {"id":2,"cancel":true}
 * ← {"id":1,"answer":{"kind":"not-ready","reason":"…"}}
 * ```
 */
import { CATALOGUE, type CatalogueEntry, type ErrorCode } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Answer } from '../probes/probe.ts';
import type { ProbeSpec } from '../stack/stack.ts';

export type Question =
  | { readonly id: number; readonly service: string }
  | { readonly id: number; readonly spec: ProbeSpec }
  | { readonly id: number; readonly cancel: true };

export interface Reply {
  readonly id: number;
  readonly answer: Answer;
}

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

export const replyLine = ({ id, answer }: Reply): string => {
  const plain = answer.kind === 'cannot-tell' ? { kind: answer.kind, error: errorToWire(answer.error) } : answer;
  return `${JSON.stringify({ id, answer: plain })}\n`;
};

/** @throws SyntaxError when the line is not JSON */
export const parseReply = (line: string): Reply => {
  const { id, answer } = JSON.parse(line) as { id: number; answer: Answer & { error?: ErrorOnTheWire } };
  if (answer.kind !== 'cannot-tell' || !answer.error) return { id, answer };
  return { id, answer: { kind: 'cannot-tell', error: errorFromWire(answer.error) } };
};

export const questionLine = (question: Question): string => `${JSON.stringify(question)}\n`;

/** Undefined for what is no question. */
export const parseQuestion = (line: string): Question | undefined => {
  try {
    const read: unknown = JSON.parse(line);
    if (typeof read !== 'object' || read === null || !('id' in read) || typeof read.id !== 'number') return undefined;
    const asks =
      ('service' in read && typeof read.service === 'string') ||
      ('spec' in read && typeof read.spec === 'object' && read.spec !== null) ||
      ('cancel' in read && read.cancel === true);
    return asks ? (read as Question) : undefined;
  } catch {
    return undefined;
  }
};

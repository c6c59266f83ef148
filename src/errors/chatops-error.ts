import { CATALOGUE, type ErrorCode, EXIT } from './catalogue.ts';

export interface ErrorFacts {
  /** What failed and where, one line, no code in it: "gate wiki/ready did not hold". */
  readonly what: string;
  /** The cause in its own words. Never a secret. */
  readonly why?: string;
  /** A command, a key or a place to look. Defaults to the catalogue's advice. */
  readonly next?: string;
  readonly cause?: unknown;
}

/**
 * The one error class that reaches a user: code (stable, to branch on), what, why, next.
 * The original error stays as `cause`; it is never printed, as it may hold headers or credentials.
 */
export class ChatopsError extends Error {
  readonly code: ErrorCode;
  readonly what: string;
  readonly why: string | undefined;
  readonly next: string;

  constructor(code: ErrorCode, facts: ErrorFacts) {
    super(facts.why === undefined ? facts.what : `${facts.what}: ${facts.why}`, { cause: facts.cause });
    this.name = 'ChatopsError';
    this.code = code;
    this.what = facts.what;
    this.why = facts.why;
    this.next = facts.next ?? CATALOGUE[code].next;
  }

  get exitStatus(): number {
    return EXIT[CATALOGUE[this.code].exit];
  }
}

/** `CODE  what`, then indented `why` and `next` lines: the form every error is shown in. */
export const formatError = (error: ChatopsError): string => {
  const indent = (text: string) => text.split('\n').join('\n        ');
  const why = error.why === undefined ? '' : `\n  why   ${indent(error.why)}`;
  return `${error.code}  ${error.what}${why}\n  next  ${indent(error.next)}`;
};

/** Whatever was thrown, as a ChatopsError; an unknown one becomes INTERNAL and keeps its message. */
export const toChatopsError = (thrown: unknown): ChatopsError => {
  if (thrown instanceof ChatopsError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ChatopsError('INTERNAL', { what: 'something we did not foresee', why, cause: thrown });
};

/** What a stand-in cannot do, by a code to branch on. */
export type StandinErrorCode =
  /** A file of its state cannot be read: `next` says what to move away. */
  | 'STATE_DAMAGED'
  /** It was given no configuration file. */
  | 'CONFIGURATION_MISSING'
  /** The configuration asks for something that is not played. */
  | 'CONFIGURATION_UNSUPPORTED'
  /** A certificate or its key is missing or cannot be read. */
  | 'CERTIFICATE_UNREADABLE';

export interface StandinErrorFacts {
  /** What failed and where, one line. */
  readonly what: string;
  /** The cause in its own words. */
  readonly why?: string;
  /** What can be done about it. */
  readonly next?: string;
  readonly cause?: unknown;
}

/** The one error that stand-ins throw on purpose; its message is `what`, and `why` after a colon. */
export class StandinError extends Error {
  readonly code: StandinErrorCode;
  readonly what: string;
  readonly why: string | undefined;
  readonly next: string | undefined;

  constructor(code: StandinErrorCode, facts: StandinErrorFacts) {
    super(facts.why === undefined ? facts.what : `${facts.what}: ${facts.why}`, { cause: facts.cause });
    this.name = 'StandinError';
    this.code = code;
    this.what = facts.what;
    this.why = facts.why;
    this.next = facts.next;
  }
}

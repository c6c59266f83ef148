/** PostgreSQL in our own words: what it says before a login, and what can be done in a database after one. */
import { clientKey } from '../../contracts/ports.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { ChatopsError, type ErrorFacts } from '../../errors/chatops-error.ts';
import type { Secret } from '../../values/secret.ts';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

export interface AskOptions {
  /** For connecting and for each question, ms. Default 2 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface PostgresLogin {
  readonly username: string;
  readonly password: Secret;
  readonly database: string;
}

export interface PostgresPort {
  /**
   * Knocks without logging in, as `pg_isready` does.
   * @throws ChatopsError UNREACHABLE (refused, reset, DNS, timed out), UNEXPECTED_ANSWER (not a PostgreSQL server)
   * @throws the signal's reason when aborted
   */
  greet(at: ServerAddress, options?: AskOptions): Promise<Greeting>;
  /**
   * Logs in, hands the session to `use`, and closes the connection before it settles, also when aborted.
   * @throws ChatopsError UNREACHABLE, UNEXPECTED_ANSWER, as `greet`
   * @throws PostgresRefusal when the server answers with an error
   * @throws the signal's reason when aborted
   */
  visit<T>(
    at: ServerAddress,
    login: PostgresLogin,
    use: (session: PostgresSession) => Promise<T>,
    options?: AskOptions,
  ): Promise<T>;
}

/** Under which it is asked for. */
export const POSTGRES = clientKey<PostgresPort>('postgres');

export type Greeting =
  /** It asks for a login, or would let somebody in. */
  | { readonly kind: 'takes-logins' }
  /** It answers, and refuses before any login. */
  | { readonly kind: 'refuses'; readonly reason: RefusalReason; readonly says: string };

export interface PostgresSession {
  /** A standby, or a server that still replays its log: it takes no write. */
  inRecovery(): Promise<boolean>;
  /**
   * Writes `word` into a temporary table, reads it back, and rolls everything back.
   * @returns what was read
   * @throws PostgresRefusal read-only, disk-full, unauthorized
   */
  writeAndRead(word: string): Promise<string | undefined>;
}

/** What a server's error means to us; decided by its SQLSTATE, as texts differ by version and language. */
export type RefusalReason =
  | 'login-refused'
  | 'no-database'
  | 'starting'
  | 'stopping'
  | 'full-of-connections'
  | 'disk-full'
  | 'read-only'
  | 'unauthorized'
  | 'timed-out'
  | 'other';

export class PostgresRefusal extends ChatopsError {
  readonly reason: RefusalReason;
  /** Five characters, as the server gave them. */
  readonly sqlState: string;

  constructor(code: ErrorCode, reason: RefusalReason, sqlState: string, facts: ErrorFacts) {
    super(code, facts);
    this.name = 'PostgresRefusal';
    this.reason = reason;
    this.sqlState = sqlState;
  }
}

/** Whether an error is the server's "no" for one of these reasons. */
export const isRefusal = (thrown: unknown, ...reasons: readonly RefusalReason[]): thrown is PostgresRefusal =>
  thrown instanceof PostgresRefusal && (reasons.length === 0 || reasons.includes(thrown.reason));

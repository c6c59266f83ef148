/** PostgreSQL's SQLSTATEs in our words: its manual, "Appendix A. PostgreSQL Error Codes" (17). */
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { PostgresRefusal, type RefusalReason } from '../postgres.ts';

const REASONS: Readonly<Record<string, RefusalReason>> = {
  '25006': 'read-only',
  '28000': 'login-refused',
  '28P01': 'login-refused',
  '3D000': 'no-database',
  '42501': 'unauthorized',
  '53100': 'disk-full',
  '53300': 'full-of-connections',
  '57014': 'timed-out',
  '57P01': 'stopping',
  '57P02': 'stopping',
  '57P03': 'starting',
};

const CODES: Readonly<Partial<Record<RefusalReason, ErrorCode>>> = {
  unauthorized: 'PERMISSION_MISSING',
  'login-refused': 'LOGIN_REFUSED',
};

const REMEDIES: Readonly<Partial<Record<RefusalReason, string>>> = {
  'login-refused': 'its password was set when its data were made: put that one into .env, or set it in the server',
  'no-database': 'name the database that its data were made with in chatops.yaml, or create this one in the server',
  unauthorized: 'give the user the right to create temporary tables in the database',
};

export const reasonOf = (sqlState: string): RefusalReason => REASONS[sqlState] ?? 'other';

/** @param what what was asked of whom, e.g. `login as chatops at postgres:5432 was refused` */
export const describeServerError = (what: string, sqlState: string, text: string, cause: unknown): PostgresRefusal => {
  const reason = reasonOf(sqlState);
  const next = REMEDIES[reason];
  return new PostgresRefusal(CODES[reason] ?? 'JOB_FAILED', reason, sqlState, {
    what,
    why: `${text} (${sqlState})`,
    ...(next === undefined ? {} : { next }),
    cause,
  });
};

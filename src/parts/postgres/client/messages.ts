/** The few messages that are exchanged before a login: PostgreSQL's manual, "Message Formats" (17). Pure. */
import type { Greeting } from '../postgres.ts';
import { reasonOf } from './postgres-words.ts';

/** 3.0, which every server since 7.4 speaks. */
const PROTOCOL = 196_608;
/** Type, and a length that counts itself. */
const HEAD = 5;
/** Longer than any first message of a server. */
const LONGEST = 30_000;

/** StartupMessage. The user need not exist: a server asks everybody for a password before it says so. */
export const startupMessage = (user: string): Buffer => {
  const words = Buffer.from(`user\0${user}\0database\0postgres\0\0`, 'utf8');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + words.length, 0);
  head.writeInt32BE(PROTOCOL, 4);
  return Buffer.concat([head, words]);
};

/** Letter of the field → its text. `C` is the SQLSTATE, `M` the message. */
const fieldsOf = (body: Buffer): ReadonlyMap<string, string> =>
  new Map(
    body
      .toString('utf8')
      .split('\0')
      .filter((field) => field !== '')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );

/** @returns undefined while the message is not whole; `foreign` when it is none of PostgreSQL's */
export const readGreeting = (bytes: Buffer): Greeting | 'foreign' | undefined => {
  if (bytes.length === 0) return undefined;
  const type = String.fromCharCode(bytes[0] ?? 0);
  if (type !== 'R' && type !== 'E') return 'foreign';
  if (bytes.length < HEAD) return undefined;
  const length = bytes.readInt32BE(1);
  if (length < 8 || length > LONGEST) return 'foreign';
  if (type === 'R') return { kind: 'takes-logins' };
  if (bytes.length < length + 1) return undefined;
  const fields = fieldsOf(bytes.subarray(HEAD, length + 1));
  const sqlState = fields.get('C');
  if (sqlState === undefined) return 'foreign';
  return { kind: 'refuses', reason: reasonOf(sqlState), says: `${fields.get('M') ?? 'no reason'} (${sqlState})` };
};

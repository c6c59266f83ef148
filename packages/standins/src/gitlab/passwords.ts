/** Passwords of accounts: GitLab's rules for weak ones (gl:lib/security/weak_passwords.rb) and how they are kept. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { randomBytes } from '../kit/chance.ts';

const digestOf = (password: string): string => createHash('sha256').update(password.toLowerCase()).digest('base64');

const MIN_LENGTH = 8;
const MIN_PART = 4;
/** Of GitLab's list (gl:config/weak_password_digests.yml) those that are known here: base64 of SHA-256, of lower case. */
const WEAK_DIGESTS: ReadonlySet<string> = new Set(
  ['123456789', 'password', 'password1', 'changeme', 'passw0rd', 'trustno1'].map((word) => digestOf(word)),
);
const ALWAYS_WEAK = ['gitlab', 'devops'];

export interface Person {
  readonly name: string;
  readonly username: string;
  readonly email: string;
}

/** The whole e-mail, both its sides, and each word of all. */
const partsOf = ({ name, username, email }: Person): readonly string[] =>
  [name, username, email, ...email.split('@'), ...`${name} ${username} ${email}`.split(/[^a-zA-Z0-9]+/)].filter(
    (part) => part.length >= MIN_PART,
  );

export const isTooShort = (password: string): boolean => password.length < MIN_LENGTH;

export const isWeak = (password: string, person: Person): boolean => {
  if (WEAK_DIGESTS.has(digestOf(password))) return true;
  const lower = password.toLowerCase();
  return [...ALWAYS_WEAK, ...partsOf(person)].some((part) => lower.includes(part.toLowerCase()));
};

const hash = (salt: string, password: string) => createHash('sha256').update(`${salt}\0${password}`).digest();

export const sealPassword = (password: string): string => {
  const salt = randomBytes(9).toString('base64url');
  return `${salt}.${hash(salt, password).toString('base64url')}`;
};

export const passwordFits = (sealed: string, password: string): boolean => {
  const [salt = '', kept = ''] = sealed.split('.');
  const given = hash(salt, password);
  const wanted = Buffer.from(kept, 'base64url');
  return wanted.length === given.length && timingSafeEqual(wanted, given);
};

import type { Account } from '../stack/stack.ts';
import type { Secret } from '../values/secret.ts';
import type { Secrets } from './secrets.ts';

/** An account of a chat that can log in. */
export interface Credentials {
  readonly username: string;
  readonly password: Secret;
  /** Variable of `.env` the password came from: named in advice. */
  readonly passwordName: string;
}

/** An account of the stack with its password. @throws ChatopsError SECRET_MISSING */
export const credentialsOf = (secrets: Secrets, { username, password }: Account): Credentials => ({
  username,
  password: secrets.read(password),
  passwordName: password,
});

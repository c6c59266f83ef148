import type { Credentials } from '../parts/rocketchat/rocketchat.ts';
import type { Account } from '../stack/stack.ts';
import type { Secrets } from './secrets.ts';

/** An account of the stack with its password. @throws ChatopsError SECRET_MISSING */
export const credentialsOf = (secrets: Secrets, { username, password }: Account): Credentials => ({
  username,
  password: secrets.read(password),
  passwordName: password,
});

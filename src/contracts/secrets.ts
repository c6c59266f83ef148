import type { Secret } from '../values/secret.ts';

export interface Secrets {
  /** @throws ChatopsError SECRET_MISSING naming the variable. */
  read(name: string): Secret;
}

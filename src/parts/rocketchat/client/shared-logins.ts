/** One login per server, account and password for everybody in this process; a refusal is kept for a while too. */

import type { Clock } from '../../../contracts/clock.ts';
import type { Credentials } from '../../../contracts/credentials.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { sha256Hex } from '../../../values/sha256.ts';

/** Well under ten failures in five minutes, at which the server locks an account (restrictLoginAttempts.ts, 8.6.1). */
const REFUSAL_KEPT_MS = 60_000;

interface Entry<T> {
  readonly session: Promise<T>;
  /** Whose patience the login hangs on. */
  readonly signal: AbortSignal;
  refusedAt?: number;
}

export interface SharedLogins<T> {
  get(base: string, account: Credentials, signal: AbortSignal, logIn: () => Promise<T>): Promise<T>;
  /** The server does not know the token any more: the next caller logs in afresh. */
  forget(base: string, account: Credentials): void;
}

const keyOf = (base: string, { username, password }: Credentials): string =>
  [base, username, sha256Hex(password.reveal())].join('\n');

export const createSharedLogins = <T>(clock: Clock): SharedLogins<T> => {
  const entries = new Map<string, Entry<T>>();

  const start = (key: string, signal: AbortSignal, logIn: () => Promise<T>): Entry<T> => {
    const entry: Entry<T> = { session: logIn(), signal };
    entries.set(key, entry);
    entry.session.catch((thrown: unknown) => {
      const refused =
        thrown instanceof ChatopsError && (thrown.code === 'LOGIN_REFUSED' || thrown.code === 'SECOND_FACTOR_NEEDED');
      if (refused) entry.refusedAt = clock.now();
      else if (entries.get(key) === entry) entries.delete(key);
    });
    return entry;
  };

  return {
    get: async (base, account, signal, logIn) => {
      const key = keyOf(base, account);
      for (;;) {
        signal.throwIfAborted();
        const kept = entries.get(key);
        const stale = kept?.refusedAt !== undefined && clock.now() - kept.refusedAt > REFUSAL_KEPT_MS;
        const entry = kept === undefined || stale ? start(key, signal, logIn) : kept;
        try {
          return await entry.session;
        } catch (thrown) {
          // Somebody else gave up on the login we were waiting for: that is not our end.
          if (!entry.signal.aborted || signal.aborted) throw thrown;
          if (entries.get(key) === entry) entries.delete(key);
        }
      }
    },
    forget: (base, account) => {
      entries.delete(keyOf(base, account));
    },
  };
};

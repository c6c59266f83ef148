import { randomInt } from '../kit/chance.ts';
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { UserDoc } from './documents.ts';
import type { Settings } from './settings.ts';

/** A code the server would have mailed; the stand-in shows its outbox to tests. */
export interface Mail {
  readonly to: string;
  readonly code: string;
}

export interface MailFactor {
  isOn(user: UserDoc): boolean;
  /** Mails a code unless a valid one is out; says whether it did. */
  send(user: UserDoc): boolean;
  check(user: UserDoc, code: string): 'right' | 'wrong' | 'too-many';
  outbox(): readonly Mail[];
}

interface Pending {
  readonly code: string;
  readonly until: number;
  wrong: number;
}

const MAX_WRONG = 5;

export const createMailFactor = (settings: Settings, time: SimulatedTime): MailFactor => {
  const mails: Mail[] = [];
  /** user id → the code out */
  const pending = new Map<string, Pending>();
  const valid = (user: UserDoc): Pending | undefined => {
    const found = pending.get(user._id);
    return found && found.until > time.now() ? found : undefined;
  };
  return {
    isOn: (user) =>
      user.emailFactor &&
      settings.flag('Accounts_TwoFactorAuthentication_By_Email_Enabled') &&
      user.emails.some(({ verified }) => verified),
    send: (user) => {
      if (valid(user)) return false;
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const lifeMs = settings.number('Accounts_TwoFactorAuthentication_By_Email_Code_Expiration') * 1_000;
      pending.set(user._id, { code, until: time.now() + lifeMs, wrong: 0 });
      for (const { address, verified } of user.emails) if (verified) mails.push({ to: address, code });
      return true;
    },
    check: (user, code) => {
      const found = valid(user);
      if (!found) return 'wrong';
      if (found.wrong >= MAX_WRONG) return 'too-many';
      if (found.code === code) {
        pending.delete(user._id);
        return 'right';
      }
      found.wrong += 1;
      return 'wrong';
    },
    outbox: () => [...mails],
  };
};

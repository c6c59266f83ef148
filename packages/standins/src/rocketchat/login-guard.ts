import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { Settings } from './settings.ts';

/** Refuses logins after too many failures (…/app/authentication/server/lib/restrictLoginAttempts.ts). */
export interface LoginGuard {
  /** The code of the refusal, or undefined when the attempt may go on. */
  blocks(username: string, address: string): 'error-login-blocked-for-user' | 'error-login-blocked-for-ip' | undefined;
  failed(username: string, address: string): void;
  succeeded(username: string): void;
}

interface Failures {
  readonly count: number;
  /** Simulated ms of the last one. */
  readonly last: number;
}

const BLOCK = 'Block_Multiple_Failed_Logins_';

export const createLoginGuard = (settings: Settings, time: SimulatedTime): LoginGuard => {
  const byUser = new Map<string, Failures>();
  const byAddress = new Map<string, Failures>();

  const isFull = (failures: Failures | undefined, limit: number, minutes: number): boolean =>
    failures !== undefined && failures.count >= limit && time.now() - failures.last < minutes * 60_000;
  const add = (to: Map<string, Failures>, key: string, minutes: number): void => {
    const old = to.get(key);
    const stale = old === undefined || time.now() - old.last >= minutes * 60_000;
    to.set(key, { count: stale ? 1 : old.count + 1, last: time.now() });
  };
  const userMinutes = () => settings.number(`${BLOCK}Time_To_Unblock_By_User_In_Minutes`);
  const ipMinutes = () => settings.number(`${BLOCK}Time_To_Unblock_By_Ip_In_Minutes`);

  return {
    blocks: (username, address) => {
      if (!settings.flag(`${BLOCK}Enabled`)) return undefined;
      const ipLimit = settings.number(`${BLOCK}Attempts_Until_Block_By_Ip`);
      if (settings.flag(`${BLOCK}By_Ip`) && isFull(byAddress.get(address), ipLimit, ipMinutes()))
        return 'error-login-blocked-for-ip';
      const userLimit = settings.number(`${BLOCK}Attempts_Until_Block_by_User`);
      if (settings.flag(`${BLOCK}By_User`) && isFull(byUser.get(username), userLimit, userMinutes()))
        return 'error-login-blocked-for-user';
      return undefined;
    },
    failed: (username, address) => {
      add(byUser, username, userMinutes());
      add(byAddress, address, ipMinutes());
    },
    succeeded: (username) => {
      byUser.delete(username);
    },
  };
};

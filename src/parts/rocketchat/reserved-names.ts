/** Names that Rocket.Chat gives to nobody, compared without regard to case. */

/**
 * `Accounts_SystemBlockedUsernameList` as it is shipped, for users and rooms alike
 * (RocketChat/Rocket.Chat:apps/meteor/server/settings/accounts.ts, 8.6.1).
 */
const SYSTEM = ['admin', 'administrator', 'system', 'user'];
/** Mentions of everybody (…/app/lib/server/functions/checkUsernameAvailability.ts, 8.6.1). */
const MENTIONS = ['all', 'here'];

const isAmong = (names: readonly string[], name: string): boolean => names.includes(name.trim().toLowerCase());

export const isReservedRoom = (name: string): boolean => isAmong(SYSTEM, name);
export const isReservedUser = (name: string): boolean => isAmong([...SYSTEM, ...MENTIONS], name);
/** A reserved name given by the environment becomes `admin` without a word: that one is therefore free. */
export const isReservedAdmin = (name: string): boolean => name !== 'admin' && isReservedUser(name);

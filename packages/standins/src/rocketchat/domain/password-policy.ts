import { coded } from '../api-error.ts';
import type { Settings } from '../settings.ts';

const POLICY = 'Accounts_Password_Policy_';

const hasTooManyRepeats = (settings: Settings, password: string): boolean => {
  if (!settings.flag(`${POLICY}ForbidRepeatingCharacters`)) return false;
  const most = settings.number(`${POLICY}ForbidRepeatingCharactersCount`);
  return new RegExp(`(.)\\1{${most},}`, 's').test(password);
};

/** Binds `users.update`, not `users.create` nor the env admin; on by default since 8.1 (change log 8.1.0). */
export const isAcceptablePassword = (settings: Settings, password: string): boolean => {
  if (password.trim() === '') return false;
  if (!settings.flag(`${POLICY}Enabled`)) return true;
  const longest = settings.number(`${POLICY}MaxLength`);
  const wants = (name: string, pattern: RegExp) => !settings.flag(`${POLICY}${name}`) || pattern.test(password);
  return (
    password.length >= settings.number(`${POLICY}MinLength`) &&
    (longest < 0 || password.length <= longest) &&
    !hasTooManyRepeats(settings, password) &&
    wants('AtLeastOneLowercase', /[a-z]/) &&
    wants('AtLeastOneUppercase', /[A-Z]/) &&
    wants('AtLeastOneNumber', /[0-9]/) &&
    wants('AtLeastOneSpecialCharacter', /[^A-Za-z0-9\s]/)
  );
};

export const weakPassword = () =>
  coded('error-password-policy-not-met', "The password does not meet the server's policy.");

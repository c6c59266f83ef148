/** The one call that has no token yet: ten a minute per address, ten failures lock the account for five minutes. */

import type { Credentials } from '../../../contracts/credentials.ts';
import type { HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { sendWithinLimit } from './rate-limit.ts';
import { jsonOf, notTheApi, readRefusal } from './refusal.ts';
import { parseAnswer, type RestOptions, urlOf } from './rest-client.ts';
import { loginAnswer } from './schemas.ts';

export interface LoggedIn {
  readonly userId: string;
  readonly authToken: string;
  readonly username: string;
  readonly roles: readonly string[];
}

/** At login the `error` field itself is the code (app/api/server/ApiClass.ts). */
const BLOCKED = new Set(['error-login-blocked-for-user', 'error-login-blocked-for-ip']);

const codeOf = (response: HttpResponse): string => {
  const { code, text } = readRefusal(response) ?? { code: '', text: '' };
  return code === '' ? text : code;
};

const refused = (base: string, { username, passwordName }: Credentials, response: HttpResponse): ChatopsError => {
  const code = codeOf(response);
  if (code === 'totp-required' || code === 'totp-invalid') {
    const method = readRefusal(response)?.factor ?? 'unknown';
    return new ChatopsError('SECOND_FACTOR_NEEDED', {
      what: `${base} wants a second factor (${method}) for the login of ${username}`,
      why: 'a mailed or generated code cannot be given by a program',
      next: `as an administrator take the second factor off ${username}, or set OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_Enabled=false`,
    });
  }
  if (BLOCKED.has(code)) {
    return new ChatopsError('LOGIN_REFUSED', {
      what: `${base} has locked the login of ${username}`,
      why: `${code}: too many wrong passwords`,
      next: `wait five minutes, and compare ${passwordName} in .env with the password of the account`,
    });
  }
  // 9.0 says the one word for every refusal (`applyBreakingChanges` in app/api/server/ApiClass.ts, 8.6.1).
  if (code === 'unauthorized') {
    return new ChatopsError('LOGIN_REFUSED', {
      what: `${base} refused the login of ${username}`,
      why: `the account is missing, locked or deactivated, wants a second factor, or its password differs from ${passwordName} in .env: this server does not say which`,
      next: `compare ${passwordName} in .env with the account's password, and look at the account ${username} in Rocket.Chat (Workspace → Users)`,
    });
  }
  if (code === 'Unauthorized') {
    return new ChatopsError('LOGIN_REFUSED', {
      what: `${base} refused the login of ${username}`,
      why: `the account is missing, or its password differs from ${passwordName} in .env`,
      next: `put the account's password into .env as ${passwordName}, or set the account's password to that in Rocket.Chat (Workspace → Users); a changed ADMIN_PASS is ignored once an administrator exists`,
    });
  }
  return new ChatopsError('LOGIN_REFUSED', {
    what: `${base} refused the login of ${username}`,
    why: code === '' ? `HTTP ${response.status}` : code,
    next: `look at the account ${username} in Rocket.Chat (Workspace → Users): active, with a role`,
  });
};

/** @throws ChatopsError LOGIN_REFUSED, SECOND_FACTOR_NEEDED, RATE_LIMITED, UNREACHABLE, UNEXPECTED_ANSWER */
export const logIn = async (
  base: string,
  account: Credentials,
  options: RestOptions,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  const doing = `log in as ${account.username}`;
  const send = () =>
    options.http.request({
      method: 'POST',
      url: urlOf(base, 'login'),
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user: account.username, password: account.password.reveal() }),
      signal,
    });
  const response = await sendWithinLimit(doing, send, options, signal);
  if (response.status === 200) {
    const { data } = parseAnswer(doing, base, response, loginAnswer);
    return { ...data, username: data.me.username ?? account.username, roles: data.me.roles };
  }
  if (response.status !== 401 || jsonOf(response) === undefined) throw notTheApi(doing, base, response);
  throw refused(base, account, response);
};

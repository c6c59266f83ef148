import { ApiError } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { UserDoc } from '../documents.ts';
import { sha256Hex } from '../ids.ts';
import { digestMatches } from '../passwords.ts';
import { createLoginToken, type FreshToken, findSession } from './tokens.ts';
import { findUser, findUserByEmail } from './users.ts';

export interface Credentials {
  readonly username?: string;
  readonly email?: string;
  /** Hex SHA-256 of the password. */
  readonly digest?: string;
  readonly resume?: string;
  /** Second factor, when the client has been asked for it. */
  readonly code?: string;
}

export interface LoggedIn extends FreshToken {
  readonly user: UserDoc;
}

/** One answer for an unknown user and a wrong password, since 7.0 (#32159). */
const refused = (error = 'Unauthorized', message = error, details?: Readonly<Record<string, unknown>>): ApiError =>
  new ApiError(
    401,
    { success: false, status: 'error', error, message, ...(details ? { details } : {}) },
    message,
    error,
  );

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Reads every form a login may have, over REST and DDP alike. */
export const readCredentials = (body: Readonly<Record<string, unknown>>): Credentials => {
  const inner = asRecord(body.user);
  const login = asText(body.user) ?? asText(body.username) ?? asText(inner.username);
  const email = asText(body.email) ?? asText(inner.email) ?? (login?.includes('@') ? login : undefined);
  const password = asText(body.password);
  const digest = password === undefined ? asText(asRecord(body.password).digest) : sha256Hex(password);
  const code = asText(body.code);
  const resume = asText(body.resume);
  return {
    ...(login === undefined ? {} : { username: login }),
    ...(email === undefined ? {} : { email }),
    ...(digest === undefined ? {} : { digest }),
    ...(resume === undefined ? {} : { resume }),
    ...(code === undefined ? {} : { code }),
  };
};

const resume = (chat: Chat, token: string): LoggedIn => {
  const session = findSession(chat, token);
  if (!session) throw refused();
  return { user: session.user, token, expiresAt: session.token.expiresAt ?? chat.time.now() };
};

const checkMailCode = (chat: Chat, user: UserDoc, login: string, code: string | undefined): void => {
  if (!chat.settings.flag('Accounts_TwoFactorAuthentication_Enabled') || !chat.mailFactor.isOn(user)) return;
  const details = { method: 'email', emailOrUsername: login, availableMethods: ['email'] };
  if (code === undefined)
    throw refused('totp-required', 'TOTP Required', { ...details, codeGenerated: chat.mailFactor.send(user) });
  const verdict = chat.mailFactor.check(user, code);
  if (verdict === 'wrong') throw refused('totp-invalid', 'TOTP Invalid', { ...details, codeGenerated: false });
  if (verdict === 'too-many') throw refused('totp-max-attempts', 'TOTP Maximun Failed Attempts Reached', details);
};

/** @throws ApiError 401 for every refusal; the password fallback is never asked here */
export const login = (chat: Chat, credentials: Credentials, address: string): LoggedIn => {
  if (credentials.resume !== undefined) return resume(chat, credentials.resume);
  const name = credentials.username ?? credentials.email ?? '';
  const user =
    (credentials.username === undefined ? undefined : findUser(chat, credentials.username)) ??
    (credentials.email === undefined ? undefined : findUserByEmail(chat, credentials.email));
  const key = user?.username ?? name;
  const block = chat.loginGuard.blocks(key, address);
  if (block) throw refused(block);
  if (!user || !digestMatches(credentials.digest ?? '', user.passwordHash)) {
    chat.loginGuard.failed(key, address);
    throw refused();
  }
  if (!user.active) throw refused('error-user-is-not-activated', 'User is not activated');
  if (user.roles.length === 0) throw refused('error-user-has-no-roles', 'User has no roles');
  checkMailCode(chat, user, name, credentials.code);
  chat.loginGuard.succeeded(key);
  return { user, ...createLoginToken(chat, user) };
};

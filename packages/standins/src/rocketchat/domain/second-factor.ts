import { wallClockMs } from '../../kit/real-time.ts';
import { ApiError } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { UserDoc } from '../documents.ts';
import { sha256Hex } from '../ids.ts';
import { digestMatches } from '../passwords.ts';
import type { Session } from './tokens.ts';

/** Sources: RocketChat/Rocket.Chat:apps/meteor/app/2fa/server/code/ (index.ts, PasswordCheckFallback.ts). */
export interface FactorRequest {
  readonly session: Session;
  readonly code: string | undefined;
  readonly method: string | undefined;
  readonly userAgent: string;
  readonly address: string;
  /** false: asked for at every call (`POST settings`). */
  readonly mayRemember: boolean;
}

type Method = 'email' | 'password';

const wantedMethod = (chat: Chat, user: UserDoc): Method | undefined => {
  if (chat.mailFactor.isOn(user)) return 'email';
  const hasFallback = chat.settings.flag('Accounts_TwoFactorAuthentication_Enforce_Password_Fallback');
  return hasFallback && user.passwordHash !== undefined ? 'password' : undefined;
};

const rememberMs = (chat: Chat): number => chat.settings.number('Accounts_TwoFactorAuthentication_RememberFor') * 1_000;

// A later process starts its simulated clock anew, so the wall clock is asked as well.
const ageMs = (chat: Chat, user: UserDoc): number =>
  Math.max(chat.time.now() - user.bornAt, wallClockMs() - Date.parse(user.createdAt));

const isInGrace = (chat: Chat, user: UserDoc, method: Method): boolean => {
  if (chat.traits.graceEndsWithOwnFactor && method !== 'password') return false;
  return ageMs(chat, user) < rememberMs(chat);
};

const clientOf = ({ userAgent, address }: FactorRequest): string => sha256Hex(`${userAgent}|${address}`);

const isRemembered = (chat: Chat, request: FactorRequest): boolean => {
  const { factor, bypassTwoFactor } = request.session.token;
  if (bypassTwoFactor) return true;
  return factor !== undefined && factor.until > chat.time.now() && factor.client === clientOf(request);
};

const refusal = (code: string, reason: string, method: Method, codeGenerated: boolean): ApiError =>
  new ApiError(
    400,
    {
      success: false,
      error: `${reason} [${code}]`,
      errorType: code,
      details: { method, codeGenerated, availableMethods: method === 'email' ? ['email'] : [] },
    },
    reason,
    code,
  );

const check = (chat: Chat, user: UserDoc, method: Method, code: string): 'right' | 'wrong' | 'too-many' => {
  if (method === 'email') return chat.mailFactor.check(user, code);
  return digestMatches(code, user.passwordHash) ? 'right' : 'wrong';
};

/** @throws ApiError totp-required, totp-invalid, totp-max-attempts */
export const demandSecondFactor = (chat: Chat, request: FactorRequest): void => {
  const { user, token } = request.session;
  if (!chat.settings.flag('Accounts_TwoFactorAuthentication_Enabled')) return;
  const method = wantedMethod(chat, user);
  if (method === undefined) return;
  if (request.mayRemember && chat.traits.remembersSecondFactor) {
    if (isRemembered(chat, request) || isInGrace(chat, user, method)) return;
  }
  if (request.code === undefined || request.method !== method) {
    const generated = method === 'email' && chat.mailFactor.send(user);
    throw refusal('totp-required', 'TOTP Required', method, generated);
  }
  const verdict = check(chat, user, method, request.code);
  if (verdict === 'wrong') throw refusal('totp-invalid', 'TOTP Invalid', method, false);
  if (verdict === 'too-many') throw refusal('totp-max-attempts', 'TOTP Maximun Failed Attempts Reached', method, false);
  if (request.mayRemember)
    chat.state.tokens.put({
      ...token,
      factor: { until: chat.time.now() + rememberMs(chat), client: clientOf(request) },
    });
};

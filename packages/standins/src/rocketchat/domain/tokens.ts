import type { Chat } from '../chat.ts';
import type { TokenDoc, UserDoc } from '../documents.ts';
import { newSecret, sha256Base64 } from '../ids.ts';

const DAY_MS = 86_400_000;

/** `MAX_RESUME_LOGIN_TOKENS`, default 50: a user's older login tokens are dropped beyond it. */
const maxLoginTokens = (chat: Chat): number => Number(chat.env.MAX_RESUME_LOGIN_TOKENS ?? 50);

const dropOldest = (chat: Chat, userId: string): void => {
  const logins = chat.state.tokens.by('user', userId).filter(({ kind }) => kind === 'login');
  for (const { hash } of logins.slice(0, Math.max(0, logins.length - maxLoginTokens(chat))))
    chat.state.tokens.remove(hash);
};

export interface FreshToken {
  readonly token: string;
  /** Simulated epoch ms. */
  readonly expiresAt: number;
}

export const createLoginToken = (chat: Chat, user: UserDoc): FreshToken => {
  const token = newSecret();
  const expiresAt = Math.round(chat.time.now() + chat.settings.number('Accounts_LoginExpiration') * DAY_MS);
  chat.state.tokens.put({
    hash: sha256Base64(token),
    userId: user._id,
    kind: 'login',
    createdAt: chat.stamp(),
    expiresAt,
    lastTokenPart: token.slice(-6),
    bypassTwoFactor: false,
  });
  dropOldest(chat, user._id);
  return { token, expiresAt };
};

export const createPersonalToken = (chat: Chat, user: UserDoc, name: string, bypassTwoFactor: boolean): string => {
  const token = newSecret();
  chat.state.tokens.put({
    hash: sha256Base64(token),
    userId: user._id,
    kind: 'personal',
    createdAt: chat.stamp(),
    name,
    lastTokenPart: token.slice(-6),
    bypassTwoFactor,
  });
  return token;
};

export const personalTokens = (chat: Chat, user: UserDoc): TokenDoc[] =>
  chat.state.tokens.by('user', user._id).filter(({ kind }) => kind === 'personal');

export interface Session {
  readonly user: UserDoc;
  readonly token: TokenDoc;
}

/** The open session behind a token, of an active user. */
export const findSession = (chat: Chat, token: string): Session | undefined => {
  const found = chat.state.tokens.get(sha256Base64(token));
  if (!found || (found.expiresAt !== undefined && found.expiresAt <= chat.time.now())) return undefined;
  const user = chat.state.users.get(found.userId);
  return user?.active ? { user, token: found } : undefined;
};

export const dropAllTokens = (chat: Chat, userId: string): void => {
  for (const { hash } of chat.state.tokens.by('user', userId)) chat.state.tokens.remove(hash);
};

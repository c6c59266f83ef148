/** Who calls: token → user. Scope is checked before any role (gl:lib/api/api_guard.rb). */
import type { StandinRequest } from '../../kit/http-standin.ts';
import type { AccessToken } from '../model.ts';
import { digestOf } from '../state.ts';
import type { World } from '../world.ts';
import { forbidden, insufficientScope, Refusal, unauthorized } from './reply.ts';
import type { Caller } from './route.ts';

const EXPIRED = 'Token is expired. You can either do re-authorization or token refresh.';
const REVOKED = 'Token was revoked. You have to re-authorize from the user.';

const invalidToken = (description: string) =>
  new Refusal(401, { error: 'invalid_token', error_description: description });

const tokenText = (request: StandinRequest): string | undefined => {
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return (
    request.headers['private-token'] ??
    bearer ??
    request.query.get('private_token') ??
    request.query.get('access_token') ??
    undefined
  );
};

/** Dead from the start of its day of expiry on (UTC). */
export const isExpired = (token: AccessToken, now: number): boolean =>
  token.expiresAt !== null && Date.parse(token.expiresAt) <= now;

export const isActive = (token: AccessToken, now: number): boolean => !token.revoked && !isExpired(token, now);

export const findToken = (world: World, value: string): AccessToken | undefined => {
  const digest = digestOf(value);
  return world.state.tokens.all().find((token) => token.digest === digest);
};

const USED_EVERY_MS = 60 * 60_000;

/** `last_used_at` is written at most now and then: a read must not turn into a write for each call. */
const noteUse = (world: World, token: AccessToken): void => {
  const now = world.time.now();
  if (token.lastUsedAt !== null && now - token.lastUsedAt < USED_EVERY_MS) return;
  world.state.tokens.put(String(token.id), { ...token, lastUsedAt: now });
};

/** @throws Refusal 401 without a valid token, 403 for a blocked user */
export const authenticate = (world: World, request: StandinRequest): Caller => {
  const value = tokenText(request);
  const token = value === undefined ? undefined : findToken(world, value);
  if (token === undefined) throw unauthorized();
  if (token.revoked) throw invalidToken(REVOKED);
  if (isExpired(token, world.time.now())) throw invalidToken(EXPIRED);
  const user = world.state.users.get(String(token.userId));
  if (user === undefined) throw unauthorized();
  if (user.state === 'blocked') throw forbidden('Your account has been blocked.');
  noteUse(world, token);
  const mayAdminister = !world.settings().admin_mode || token.scopes.includes('admin_mode');
  return { user, token, isAdmin: user.admin && mayAdminister };
};

/** @throws Refusal 403 insufficient_scope */
export const requireScope = (caller: Caller, wanted: readonly string[]): void => {
  if (!wanted.some((scope) => caller.token.scopes.includes(scope))) throw insufficientScope(wanted);
};

/** @throws Refusal 403 */
export const requireAdmin = (caller: Caller): void => {
  if (!caller.isAdmin) throw forbidden();
};

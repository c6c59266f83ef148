/** Personal access tokens: one's own, and an administrator's for others (gl:lib/api/personal_access_tokens.rb). */
import { createToken, dateInDays, type NewToken } from '../accounts.ts';
import { tokenEntity } from '../entities.ts';
import { isActive, requireAdmin, requireScope } from '../http/auth.ts';
import { paged } from '../http/paging.ts';
import { checkParams, recordId } from '../http/params.ts';
import { badParameter, badRequest, created, forbidden, noContent, notFound, ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { AccessToken } from '../model.ts';
import { atLeast, type Features } from '../version.ts';

/** What a personal access token may be allowed (gl:doc/user/profile/personal_access_tokens.md). */
export const SCOPES = [
  'api',
  'read_api',
  'read_user',
  'create_runner',
  'manage_runner',
  'k8s_proxy',
  'self_rotate',
  'read_repository',
  'write_repository',
  'read_registry',
  'write_registry',
  'ai_features',
  'sudo',
  'admin_mode',
] as const;

export const MAX_LIFE_DAYS = 365;

const withValue = (call: Call, made: { readonly token: AccessToken; readonly value: string }) =>
  created({ ...tokenEntity(call.world, made.token), token: made.value });

/** A day's date at most a year ahead. @throws Refusal 400 */
const checkExpiry = (call: Call, date: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) throw badParameter('expires_at is invalid');
  const last = dateInDays(call.world, MAX_LIFE_DAYS);
  if (date > last) throw badRequest(`Expiration date must be before ${last}`);
  return date;
};

const rotated = (call: Call, old: AccessToken) => {
  const { expires_at: wanted } = checkParams(call.params, { expires_at: { type: 'string' } });
  const expiresAt = wanted === undefined ? dateInDays(call.world, 7) : checkExpiry(call, wanted);
  if (!isActive(old, call.world.time.now())) throw badRequest('token already revoked');
  const user = call.world.state.users.get(String(old.userId));
  if (user === undefined) throw notFound('Token');
  call.world.state.tokens.put(String(old.id), { ...old, revoked: true });
  const { name, description, scopes } = old;
  return withValue(call, createToken(call.world, user, { name, description, scopes, expiresAt }));
};

const revoke = (call: Call, token: AccessToken) => {
  call.world.state.tokens.put(String(token.id), { ...token, revoked: true });
  return noContent();
};

/** @throws Refusal 404 for another's token, unless an administrator asks */
const tokenOfCall = (call: Call): AccessToken => {
  const token = call.world.state.tokens.get(recordId(call.params, 'token_id'));
  const mine = token?.userId === call.caller.user.id;
  if (token === undefined || token.kind !== 'personal' || !(mine || call.caller.isAdmin)) throw notFound('Token');
  return token;
};

const selfRoutes = (features: Features): readonly Route[] => [
  {
    method: 'GET',
    path: '/personal_access_tokens/self',
    scopes: 'any',
    handle: (call: Call) => ok(tokenEntity(call.world, call.caller.token)),
  },
  {
    method: 'DELETE',
    path: '/personal_access_tokens/self',
    scopes: 'any',
    handle: (call: Call) => revoke(call, call.caller.token),
  },
  ...(features.rotateSelf
    ? [
        write(
          'POST',
          '/personal_access_tokens/self/rotate',
          (call) => rotated(call, call.caller.token),
          atLeast(features.version, '17.9') ? ['self_rotate'] : [],
        ),
      ]
    : []),
];

const forUser = write('POST', '/users/:user_id/personal_access_tokens', (call) => {
  requireAdmin(call.caller);
  const given = checkParams(call.params, {
    name: { type: 'string', required: true },
    scopes: { type: 'list', required: true },
    description: { type: 'string' },
    expires_at: { type: 'string' },
  });
  if (!given.scopes.every((scope) => (SCOPES as readonly string[]).includes(scope)))
    throw badParameter('scopes does not have a valid value');
  const user = call.world.state.users.get(recordId(call.params, 'user_id'));
  if (user === undefined) throw notFound('User');
  const wanted: NewToken = {
    name: given.name,
    description: given.description ?? null,
    scopes: given.scopes,
    expiresAt:
      given.expires_at === undefined ? dateInDays(call.world, MAX_LIFE_DAYS) : checkExpiry(call, given.expires_at),
  };
  return withValue(call, createToken(call.world, user, wanted));
});

export const tokenRoutes = (features: Features): readonly Route[] => [
  ...selfRoutes(features),
  forUser,
  read('/personal_access_tokens', (call) => {
    const { user_id: wanted } = checkParams(call.params, { user_id: { type: 'integer' } });
    const owner = wanted ?? (call.caller.isAdmin ? undefined : call.caller.user.id);
    if (owner !== call.caller.user.id) requireAdmin(call.caller);
    const tokens = call.world.state.tokens
      .all()
      .filter((token) => token.kind === 'personal' && (owner === undefined || token.userId === owner));
    return paged(call, tokens, (token) => tokenEntity(call.world, token));
  }),
  read('/personal_access_tokens/:token_id', (call) => ok(tokenEntity(call.world, tokenOfCall(call)))),
  write('POST', '/personal_access_tokens/:token_id/rotate', (call) => rotated(call, tokenOfCall(call))),
  write('DELETE', '/personal_access_tokens/:token_id', (call) => {
    const token = tokenOfCall(call);
    requireScope(call.caller, ['api']);
    if (token.userId !== call.caller.user.id && !call.caller.isAdmin) throw forbidden();
    return revoke(call, token);
  }),
];

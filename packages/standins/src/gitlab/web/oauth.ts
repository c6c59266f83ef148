/** `POST /oauth/token` with a password, up to 18.x (gl19:doc/api/oauth2.md lists other flows only). */

import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { createToken } from '../accounts.ts';
import { readParams } from '../http/params.ts';
import { passwordFits } from '../passwords.ts';
import { randomText } from '../state.ts';
import type { World } from '../world.ts';

const LIFE_S = 7200;

const refused = (status: number, error: string, description: string): StandinReply => ({
  status,
  body: { error, error_description: description },
});

const grant = (world: World, login: string, password: string): StandinReply => {
  const user = world.state.users.all().find(({ username, email }) => username === login || email === login);
  if (user === undefined || user.state === 'blocked' || !passwordFits(user.password, password))
    return refused(
      401,
      'invalid_grant',
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    );
  const value = randomText(64);
  createToken(world, user, { name: 'password grant', scopes: ['api'], expiresAt: null, kind: 'oauth', value });
  const createdAt = Math.floor(world.time.now() / 1000);
  return {
    status: 200,
    body: {
      access_token: value,
      token_type: 'Bearer',
      expires_in: LIFE_S,
      refresh_token: randomText(64),
      scope: 'api',
      created_at: createdAt,
    },
  };
};

export const oauthToken = (world: World, request: StandinRequest): StandinReply => {
  const { grant_type: type, username, password } = readParams(request, {});
  if (type === undefined) return refused(400, 'invalid_request', 'Missing required parameter: grant_type.');
  if (type !== 'password' || !world.features.passwordGrant)
    return refused(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    );
  return grant(world, String(username ?? ''), String(password ?? ''));
};

import { coded } from '../api-error.ts';
import { createLoginToken, createPersonalToken, personalTokens } from '../domain/tokens.ts';
import { findUser } from '../domain/users.ts';
import { hasPermission } from '../permissions.ts';
import { type Call, type Fields, type Route, text } from './route.ts';

const notAuthorized = () => coded('error-not-authorized', 'Not authorized');

/** 7.x: a flag opens it to whom the permission allows; 8.0: a secret; 8.6.1: the secret and the permission. */
const createToken = ({ chat, body, user: caller }: Call): Fields => {
  const { env, traits, state } = chat;
  const isOpen =
    traits.createToken === 'flag'
      ? env.CREATE_TOKENS_FOR_USERS === 'true'
      : (env.CREATE_TOKENS_FOR_USERS_SECRET ?? '') !== '' && env.CREATE_TOKENS_FOR_USERS_SECRET === body.secret;
  const needsPermission = traits.createToken !== 'secret';
  if (!isOpen || (needsPermission && !hasPermission(state, caller, 'user-generate-access-token')))
    throw notAuthorized();
  const user = state.users.get(text(body.userId) ?? '') ?? findUser(chat, text(body.username) ?? '');
  if (!user) throw coded('error-invalid-user', 'Invalid user');
  return { data: { userId: user._id, authToken: createLoginToken(chat, user).token } };
};

const demandRight = ({ chat, user }: Call): void => {
  if (!hasPermission(chat.state, user, 'create-personal-access-tokens'))
    throw coded('not-authorized', 'Not Authorized', { method: 'personalAccessTokens:generateToken' });
};

const named = (call: Call) =>
  personalTokens(call.chat, call.user).find(({ name }) => name === text(call.body.tokenName));

const generate = (call: Call): Fields => {
  demandRight(call);
  if (named(call))
    throw coded('error-token-already-exists', 'A token with this name already exists', {
      method: 'personalAccessTokens:generateToken',
    });
  const bypass = call.body.bypassTwoFactor === true;
  return { token: createPersonalToken(call.chat, call.user, text(call.body.tokenName) ?? '', bypass) };
};

const demandNamed = (call: Call) => {
  demandRight(call);
  const found = named(call);
  if (!found) throw coded('error-token-does-not-exists', 'Token does not exist');
  return found;
};

const regenerate = (call: Call): Fields => {
  const old = demandNamed(call);
  call.chat.state.tokens.remove(old.hash);
  return { token: createPersonalToken(call.chat, call.user, old.name ?? '', old.bypassTwoFactor) };
};

const remove = (call: Call): Fields => {
  call.chat.state.tokens.remove(demandNamed(call).hash);
  return {};
};

const NAME = { required: { tokenName: 'string' } } as const;

export const tokenRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'users.createToken',
    body: ({ createToken: kind }) =>
      kind === 'flag'
        ? { optional: { userId: 'string', username: 'string' }, anyOf: ['userId', 'username'] }
        : { required: { userId: 'string', secret: 'string' } },
    run: createToken,
  },
  {
    method: 'POST',
    path: 'users.generatePersonalAccessToken',
    secondFactor: 'remembered',
    body: { ...NAME, optional: { bypassTwoFactor: 'boolean' } },
    run: generate,
  },
  {
    method: 'POST',
    path: 'users.regeneratePersonalAccessToken',
    secondFactor: 'remembered',
    body: NAME,
    run: regenerate,
  },
  {
    method: 'POST',
    path: 'users.removePersonalAccessToken',
    secondFactor: 'remembered',
    body: NAME,
    run: remove,
  },
  {
    method: 'GET',
    path: 'users.getPersonalAccessTokens',
    run: (call) => {
      demandRight(call);
      const tokens = personalTokens(call.chat, call.user).map(
        ({ name, createdAt, lastTokenPart, bypassTwoFactor }) => ({ name, createdAt, lastTokenPart, bypassTwoFactor }),
      );
      return { tokens };
    },
  },
];

/** `/api/v4/users` (server/channels/api4/user.go, app/user.go): accounts, their roles and their tokens. */
import type { StandinReply } from '../kit/http-standin.ts';
import { ok, refusal } from './answers.ts';
import { type Call, type Fields, fieldsOf, ID, pageOf, path, type Route, textOf } from './call.ts';
import { entityOf, forbidden, isAdmin, personWith, userEntity } from './people.ts';
import { newId, type Person, personOf, type Token, type World } from './world.ts';

const invalid = (what: string): StandinReply => refusal(400, `model.user.is_valid.${what}.app_error`);

const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 72;

const whyNot = (world: World, { username, email, password }: Fields): StandinReply | undefined => {
  const name = textOf(username);
  const wanted = [name, textOf(email)].map((text) => text.toLowerCase());
  if (!/^[a-z][a-z0-9._-]{0,63}$/.test(name) || ['all', 'channel', 'here'].includes(name)) return invalid('username');
  if (!/^[^@\s]+@[^@\s]+$/.test(textOf(email))) return invalid('email');
  const { length } = textOf(password);
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) return invalid('pwd');
  if (world.people.some((each) => each.username.toLowerCase() === wanted[0])) {
    return refusal(400, 'app.user.save.username_exists.app_error');
  }
  return world.people.some((each) => each.email === wanted[1])
    ? refusal(400, 'app.user.save.email_exists.app_error')
    : undefined;
};

/**
 * The first account with a password becomes the administrator, even asked for by nobody known and although signing up is closed
 * (app/users/users.go); after that only who may make accounts.
 * @param caller undefined: nobody known
 */
export const createUser = (world: World, caller: string | undefined, body: unknown): StandinReply => {
  const isFirst = world.people.every(({ bot }) => bot !== undefined);
  if (!isFirst && caller === undefined) return refusal(403, 'api.user.create_user.no_open_server');
  if (!isFirst && caller !== undefined && !isAdmin(world, caller)) return forbidden;
  const fields = fieldsOf(body);
  const refused = whyNot(world, fields);
  if (refused) return refused;
  const { username, email, password, first_name, last_name, nickname, position } = fields;
  const person = personOf({
    ...{ id: newId(), username: textOf(username), password: textOf(password), email: textOf(email).toLowerCase() },
    ...{ first_name: textOf(first_name), last_name: textOf(last_name) },
    ...{ nickname: textOf(nickname), position: textOf(position) },
    roles: isFirst ? 'system_admin system_user' : 'system_user',
  });
  world.people.push(person);
  return ok(entityOf(person), 201);
};

const unknown = refusal(404, 'app.user.missing_account.const');

const byName = ({ world, params: [name = ''] }: Call): StandinReply => {
  const found = world.people.find(({ username }) => username === name.toLowerCase());
  return found ? ok(entityOf(found)) : refusal(404, 'app.user.get_by_username.app_error');
};

const byEmail = ({ world, params: [wanted = ''] }: Call): StandinReply => {
  const found = world.people.find(({ email }) => email === wanted.toLowerCase());
  return found ? ok(entityOf(found)) : unknown;
};

const found = ({ world: { people }, params: [id] }: Call): Person | undefined => people.find((each) => each.id === id);

const setRoles = (call: Call): StandinReply => {
  const user = found(call);
  if (!isAdmin(call.world, call.caller)) return forbidden;
  if (!user) return unknown;
  user.roles = textOf(fieldsOf(call.body).roles);
  return ok({ status: 'OK' });
};

const tokenEntity = ({ token: _, ...rest }: Token) => ({ ...rest, is_active: true });

const mayHaveTokens = ({ world, caller }: Call, user: Person): StandinReply | undefined => {
  if (user.id !== caller && !isAdmin(world, caller)) return forbidden;
  const isOff = user.bot === undefined && !world.switches.userTokens;
  return isOff ? refusal(501, 'app.user_access_token.disabled') : undefined;
};

const createToken = (call: Call): StandinReply => {
  const user = found(call);
  if (!user) return unknown;
  const refused = mayHaveTokens(call, user);
  if (refused) return refused;
  const description = textOf(fieldsOf(call.body).description);
  if (description === '') return refusal(400, 'api.context.invalid_body_param.app_error');
  const made: Token = { id: newId(), token: newId(), user_id: user.id, description };
  call.world.tokens.push(made);
  // The only time that its text is shown.
  return ok({ ...tokenEntity(made), token: made.token });
};

const listTokens = (call: Call): StandinReply => {
  const user = found(call);
  if (!user) return unknown;
  if (user.id !== call.caller && !isAdmin(call.world, call.caller)) return forbidden;
  return pageOf(call.world.tokens.filter(({ user_id }) => user_id === user.id).map(tokenEntity), call);
};

const revokeToken = ({ world, caller, body }: Call): StandinReply => {
  const { token_id } = fieldsOf(body);
  const at = world.tokens.findIndex(({ id }) => id === token_id);
  const owner = world.tokens[at]?.user_id;
  if (owner === undefined) return refusal(404, 'app.user_access_token.get_by_user.app_error');
  if (owner !== caller && !isAdmin(world, caller)) return forbidden;
  world.tokens.splice(at, 1);
  return ok({ status: 'OK' });
};

export const USER_ROUTES: readonly Route[] = [
  ['GET', path('/users/me'), ({ world, caller }) => ok(userEntity(world, caller))],
  ['GET', path('/users'), (call) => pageOf(call.world.people.map(entityOf), call)],
  ['POST', path('/users'), ({ world, caller, body }) => createUser(world, caller, body)],
  ['GET', path('/users/username/([^/]+)'), byName],
  ['GET', path('/users/email/([^/]+)'), byEmail],
  [
    'GET',
    path(`/users/${ID}`),
    (call) => (found(call) ? ok(entityOf(personWith(call.world, call.params[0] ?? ''))) : unknown),
  ],
  ['PUT', path(`/users/${ID}/roles`), setRoles],
  ['POST', path(`/users/${ID}/tokens`), createToken],
  ['GET', path(`/users/${ID}/tokens`), listTokens],
  ['POST', path('/users/tokens/revoke'), revokeToken],
];

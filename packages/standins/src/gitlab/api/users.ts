/** Users: oneself, a look-up by name, and what an administrator may do. */
import { createUser } from '../accounts.ts';
import { userBasic, userFull } from '../entities.ts';
import { requireAdmin } from '../http/auth.ts';
import { keysetOrPaged } from '../http/paging.ts';
import { checkParams, recordId } from '../http/params.ts';
import { badRecord, created, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { User } from '../model.ts';
import { isTooShort, isWeak } from '../passwords.ts';
import { isoTime } from '../state.ts';

const READ_USER = ['read_user'];
const WEAK = 'must not contain commonly used combinations of words and letters';

const show = (call: Call, user: User) =>
  call.caller.isAdmin ? userFull(call.world, user) : userBasic(call.world, user);

const userOfCall = (call: Call): User => {
  const user = call.world.state.users.get(recordId(call.params, 'id'));
  if (user === undefined) throw notFound('User');
  return user;
};

const add = (call: Call) => {
  requireAdmin(call.caller);
  const given = checkParams(call.params, {
    email: { type: 'string', required: true },
    username: { type: 'string', required: true },
    name: { type: 'string', required: true },
    password: { type: 'string' },
    force_random_password: { type: 'boolean' },
    reset_password: { type: 'boolean' },
    admin: { type: 'boolean' },
    skip_confirmation: { type: 'boolean' },
  });
  const { email, username, name, password } = given;
  const everybody = call.world.state.users.all();
  if (everybody.some((user) => user.email.toLowerCase() === email.toLowerCase()))
    throw new Refusal(409, { message: 'Email has already been taken' });
  if (everybody.some((user) => user.username.toLowerCase() === username.toLowerCase()))
    throw new Refusal(409, { message: 'Username has already been taken' });
  if (password !== undefined && isTooShort(password))
    throw badRecord({ password: ['is too short (minimum is 8 characters)'] });
  if (password !== undefined && isWeak(password, { email, username, name })) throw badRecord({ password: [WEAK] });
  const user = createUser(call.world, {
    email,
    username,
    name,
    admin: given.admin ?? false,
    ...(password === undefined ? {} : { password }),
  });
  call.world.hooks.system({
    event_name: 'user_create',
    created_at: isoTime(user.createdAt),
    updated_at: isoTime(user.createdAt),
    name,
    email,
    username,
    user_id: user.id,
  });
  return created(userFull(call.world, user));
};

const setState = (state: User['state']) => (call: Call) => {
  requireAdmin(call.caller);
  const user = userOfCall(call);
  call.world.state.users.put(String(user.id), { ...user, state });
  return created(true);
};

export const userRoutes: readonly Route[] = [
  read('/user', (call) => ok(userFull(call.world, call.caller.user)), READ_USER),
  read(
    '/users',
    (call) => {
      const { username, search } = checkParams(call.params, {
        username: { type: 'string' },
        search: { type: 'string' },
      });
      const fits = (user: User) =>
        (username === undefined || user.username.toLowerCase() === username.toLowerCase()) &&
        (search === undefined || [user.username, user.name, user.email].some((text) => text.includes(search)));
      const users = call.world.state.users.all().filter(fits).reverse();
      return keysetOrPaged(call, users, (user) => show(call, user));
    },
    READ_USER,
  ),
  read('/users/:id', (call) => ok(show(call, userOfCall(call))), READ_USER),
  write('POST', '/users', add),
  write('POST', '/users/:id/block', setState('blocked')),
  write('POST', '/users/:id/unblock', setState('active')),
  write('DELETE', '/users/:id', (call) => {
    requireAdmin(call.caller);
    const user = userOfCall(call);
    call.world.state.users.delete(String(user.id));
    for (const [key, token] of call.world.state.tokens.all().map((one) => [String(one.id), one] as const))
      if (token.userId === user.id) call.world.state.tokens.delete(key);
    return noContent();
  }),
];

import { ApiError, coded } from '../api-error.ts';
import type { RoleDoc, UserDoc } from '../documents.ts';
import { findUser, viewUser } from '../domain/users.ts';
import type { VersionTraits } from '../version.ts';
import { page } from './paging.ts';
import { type Call, type Fields, fields, type Route, text, texts } from './route.ts';
import type { Schema } from './schema.ts';

const demandUser = ({ chat, body }: Call): UserDoc => {
  const found = findUser(chat, text(body.username) ?? '');
  if (!found) throw coded('error-invalid-user', 'Invalid user');
  return found;
};

/** `roleName` went with 8.0: only ids are understood since. */
const demandRole = ({ chat, body }: Call): RoleDoc => {
  const byName = chat.traits.acceptsRoleName ? text(body.roleName) : undefined;
  const found = chat.state.roles.get(text(body.roleId) ?? byName ?? '');
  if (!found) throw coded('error-role-not-found', 'Role not found');
  return found;
};

const view = (role: RoleDoc): Fields => ({ ...role });

const add = (call: Call): Fields => {
  const [role, user] = [demandRole(call), demandUser(call)];
  if (user.roles.includes(role._id)) throw coded('error-user-already-in-role', 'User already in role');
  call.chat.state.users.put({ ...user, roles: [...user.roles, role._id], _updatedAt: call.chat.stamp() });
  return { role: view(role) };
};

const remove = (call: Call): Fields => {
  const [role, user] = [demandRole(call), demandUser(call)];
  if (!user.roles.includes(role._id)) throw coded('error-user-not-in-role', 'User is not in this role');
  if (role._id === 'admin' && call.chat.state.users.countBy('role', 'admin') === 1)
    throw coded('error-admin-required', 'You need to have at least one admin');
  const roles = user.roles.filter((name) => name !== role._id);
  call.chat.state.users.put({ ...user, roles, _updatedAt: call.chat.stamp() });
  return { role: view(role) };
};

const usersInRole = ({ chat, query, user }: Call): Fields => {
  if (query.role === undefined) throw coded('error-param-not-provided', 'Query param "role" is required');
  if (!chat.state.roles.get(query.role)) throw coded('error-invalid-roleId', 'Invalid role');
  const { items, total } = page(chat, query, chat.state.users.by('role', query.role), (one) =>
    viewUser(chat, one, user),
  );
  return { users: items, total };
};

const invalidBody = () =>
  new ApiError(400, { success: false, error: 'Invalid body params', errorType: 'error-invalid-body-params' }, 'body');

/** Replaces each list: a client that sends one role takes the permission from all others. */
const updatePermissions = ({ chat, body }: Call): Fields => {
  const { permissions, roles } = chat.state;
  if (!Array.isArray(body.permissions) || body.permissions.length === 0) throw invalidBody();
  const wanted = body.permissions.map((entry: unknown) => ({
    id: text(fields(entry)._id) ?? '',
    roles: texts(fields(entry).roles),
  }));
  if (wanted.some(({ id }) => !permissions.get(id)))
    throw coded('error-invalid-permission', 'Invalid permission', { method: 'authorization:permissions.update' });
  if (wanted.some((entry) => entry.roles.some((role) => !roles.get(role))))
    throw coded('error-invalid-role', 'Invalid role');
  for (const { id, roles: holders } of wanted) permissions.put(id, { _id: id, roles: holders });
  return { permissions: permissions.all() };
};

const MEMBERSHIP = ({ acceptsRoleName }: VersionTraits): Schema =>
  acceptsRoleName
    ? {
        required: { username: 'string' },
        optional: { roleId: 'string', roleName: 'string', roomId: 'string' },
        anyOf: ['roleId', 'roleName'],
      }
    : { required: { username: 'string', roleId: 'string' }, optional: { roomId: 'string' } };

export const roleRoutes: readonly Route[] = [
  { method: 'GET', path: 'roles.list', run: ({ chat }) => ({ roles: chat.state.roles.all() }) },
  {
    method: 'POST',
    path: 'roles.addUserToRole',
    permissions: ['access-permissions'],
    body: MEMBERSHIP,
    run: add,
  },
  {
    method: 'POST',
    path: 'roles.removeUserFromRole',
    permissions: ['access-permissions'],
    body: MEMBERSHIP,
    run: remove,
  },
  { method: 'GET', path: 'roles.getUsersInRole', permissions: ['access-permissions'], run: usersInRole },
  {
    method: 'GET',
    path: 'permissions.listAll',
    run: ({ chat }) => ({ update: chat.state.permissions.all(), remove: [] }),
  },
  {
    method: 'POST',
    path: 'permissions.update',
    permissions: ['access-permissions'],
    run: updatePermissions,
  },
];

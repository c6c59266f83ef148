import { coded, plain, routeForbidden } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { UserDoc } from '../documents.ts';
import { isAcceptablePassword, weakPassword } from '../domain/password-policy.ts';
import { dropAllTokens } from '../domain/tokens.ts';
import {
  checkEmail,
  checkRoles,
  checkUsername,
  findUser,
  findUserByEmail,
  PROFILE_KEYS,
  viewUser,
} from '../domain/users.ts';
import { hashPassword } from '../passwords.ts';
import { hasPermission } from '../permissions.ts';
import { page, paged } from './paging.ts';
import { type Call, type Fields, fields, pick, type Route, text, texts } from './route.ts';

/** By whatever the caller names; a mail address is understood since 8.4. */
const findBy = (chat: Chat, given: Readonly<Record<string, unknown>>): UserDoc | undefined => {
  const [id, name, email] = [text(given.userId), text(given.username), text(given.email)];
  if (id !== undefined) return chat.state.users.get(id);
  if (name !== undefined) return findUser(chat, name);
  return email !== undefined && chat.traits.findsUsersByEmail ? findUserByEmail(chat, email) : undefined;
};

/** @throws the plain text the server has for a missing user: 400, no errorType */
const demandUser = (chat: Chat, given: Readonly<Record<string, unknown>>): UserDoc => {
  const found = findBy(chat, given);
  if (!found) throw plain('User not found.');
  return found;
};

const roomsOf = (chat: Chat, user: UserDoc) =>
  chat.state.subscriptions.by('user', user._id).map(({ _id, rid, roles }) => {
    const room = chat.state.rooms.get(rid);
    return { _id, rid, name: room?.name, t: room?.t, roles };
  });

const info = ({ chat, query, user: caller }: Call): Fields => {
  const user = demandUser(chat, query);
  // `fields={"userRooms":1}` went with 7.0.
  const wantsRooms = query.includeUserRooms === 'true';
  // One's own rooms are never hidden from oneself.
  const isSelf = user._id === caller._id;
  const seesRooms = wantsRooms && (isSelf || hasPermission(chat.state, caller, 'view-other-user-channels'));
  return { user: { ...viewUser(chat, user, caller), ...(seesRooms ? { rooms: roomsOf(chat, user) } : {}) } };
};

const changedFields = (chat: Chat, user: UserDoc, data: Fields): Partial<UserDoc> => {
  const [username, email, password] = [text(data.username), text(data.email), text(data.password)];
  if (username !== undefined) checkUsername(chat, username, user);
  if (email !== undefined) checkEmail(chat, email, user);
  if (data.roles !== undefined) checkRoles(chat, texts(data.roles));
  if (password !== undefined && !isAcceptablePassword(chat.settings, password)) throw weakPassword();
  const verified = typeof data.verified === 'boolean' ? data.verified : undefined;
  const address = email ?? user.emails[0]?.address;
  const emailChanges = email !== undefined || verified !== undefined;
  return {
    ...(username === undefined ? {} : { username }),
    ...(text(data.name) === undefined ? {} : { name: String(data.name) }),
    ...(emailChanges && address !== undefined
      ? { emails: [{ address, verified: verified ?? user.emails[0]?.verified ?? false }] }
      : {}),
    ...(password === undefined ? {} : { passwordHash: hashPassword(password) }),
    ...(data.roles === undefined ? {} : { roles: texts(data.roles) }),
    ...(typeof data.active === 'boolean' ? { active: data.active } : {}),
    profile: { ...user.profile, ...pick(data, PROFILE_KEYS) },
  };
};

const update = ({ chat, body, user: caller }: Call): Fields => {
  const user = chat.state.users.get(text(body.userId) ?? '');
  if (!user) throw coded('error-user-not-found', 'The user does not exist');
  if (user._id !== caller._id && !hasPermission(chat.state, caller, 'edit-other-user-info'))
    throw coded('error-action-not-allowed', 'Editing user is not allowed', {
      method: 'insertOrUpdateUser',
      action: 'Editing_user',
    });
  const change = changedFields(chat, user, fields(body.data));
  const changed = chat.state.users.put({ ...user, ...change, _updatedAt: chat.stamp() });
  // Ends every session of the account (…/app/lib/server/functions/saveUser/setPasswordUpdater.ts).
  if (change.passwordHash !== undefined) dropAllTokens(chat, user._id);
  return { user: viewUser(chat, changed, caller) };
};

const setActive = ({ chat, body, user: caller }: Call): Fields => {
  const user = chat.state.users.get(text(body.userId) ?? '');
  if (!user) throw coded('error-invalid-user', 'Invalid user');
  const active = body.activeStatus === true;
  const changed = chat.state.users.put({ ...user, active, _updatedAt: chat.stamp() });
  if (!active) dropAllTokens(chat, user._id);
  return { user: pick(viewUser(chat, changed, caller), ['_id', 'active']) };
};

const remove = ({ chat, body }: Call): Fields => {
  const user = demandUser(chat, body);
  dropAllTokens(chat, user._id);
  for (const { _id } of chat.state.subscriptions.by('user', user._id)) chat.state.subscriptions.remove(_id);
  chat.state.users.remove(user._id);
  return { deletedRooms: [] };
};

const seesAll = ({ chat, user }: Call): boolean => hasPermission(chat.state, user, 'view-outside-room');

export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'users.info',
    query: {
      optional: {
        userId: 'string',
        username: 'string',
        importId: 'string',
        email: 'string',
        includeUserRooms: 'string',
        fields: 'string',
      },
      anyOf: ['userId', 'username', 'importId', 'email'],
    },
    run: info,
  },
  {
    method: 'GET',
    path: 'users.list',
    run: (call) => {
      if (!seesAll(call)) throw routeForbidden();
      const { chat, query, user } = call;
      return paged(
        'users',
        page(chat, query, chat.state.users.all(), (one) => viewUser(chat, one, user)),
      );
    },
  },
  {
    method: 'POST',
    path: 'users.update',
    secondFactor: 'remembered',
    body: {
      required: { userId: 'string', data: 'object' },
      optional: { confirmRelinquish: 'boolean' },
    },
    run: update,
  },
  {
    method: 'POST',
    path: 'users.setActiveStatus',
    permissions: ['edit-other-user-active-status'],
    body: { required: { userId: 'string', activeStatus: 'boolean' }, optional: { confirmRelinquish: 'boolean' } },
    run: setActive,
  },
  {
    method: 'POST',
    path: 'users.delete',
    permissions: ['delete-user'],
    body: {
      optional: { userId: 'string', username: 'string', confirmRelinquish: 'boolean' },
      anyOf: ['userId', 'username'],
    },
    run: remove,
  },
  {
    method: 'GET',
    path: 'users.getPresence',
    run: ({ chat, query, user }) => {
      const named = query.userId !== undefined || query.username !== undefined;
      return { presence: (named ? demandUser(chat, query) : user).active ? 'offline' : 'away' };
    },
  },
  { method: 'GET', path: 'users.presence', run: () => ({ users: [], full: true }) },
];

import { coded, plain } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { PersonRef, UserDoc } from '../documents.ts';
import { newId } from '../ids.ts';
import { hashPassword } from '../passwords.ts';
import { hasPermission } from '../permissions.ts';
import { matchesWhole } from './whole-match.ts';

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  readonly password?: string;
  readonly roles: readonly string[];
  readonly verified?: boolean;
  readonly active?: boolean;
  readonly type?: UserDoc['type'];
  readonly id?: string;
  readonly emailFactor?: boolean;
  readonly profile?: Readonly<Record<string, unknown>>;
}

/** What a user document carries beside its name, mail and roles. */
export const PROFILE_KEYS = ['bio', 'nickname', 'statusText', 'customFields', 'requirePasswordChange'];

export const personRef = (user: UserDoc): PersonRef => ({ _id: user._id, username: user.username, name: user.name });

export const findUser = (chat: Chat, username: string): UserDoc | undefined =>
  chat.state.users.first('username', username.toLowerCase());

export const findUserByEmail = (chat: Chat, email: string): UserDoc | undefined =>
  chat.state.users.first('email', email.toLowerCase());

export const insertUser = (chat: Chat, wanted: NewUser): UserDoc => {
  const now = chat.stamp();
  return chat.state.users.put({
    _id: wanted.id ?? newId(),
    createdAt: now,
    bornAt: chat.time.now(),
    _updatedAt: now,
    username: wanted.username,
    name: wanted.name,
    emails: wanted.email === undefined ? [] : [{ address: wanted.email, verified: wanted.verified ?? false }],
    type: wanted.type ?? 'user',
    active: wanted.active ?? true,
    roles: [...wanted.roles],
    ...(wanted.password === undefined ? {} : { passwordHash: hashPassword(wanted.password) }),
    emailFactor: wanted.emailFactor ?? false,
    profile: wanted.profile ?? {},
  });
};

const BLOCKED_LISTS = ['Accounts_BlockedUsernameList', 'Accounts_SystemBlockedUsernameList'];

/** Of users and rooms (…/app/lib/server/functions/validateName.ts). */
export const isBlockedName = (chat: Chat, name: string): boolean =>
  BLOCKED_LISTS.flatMap((list) => chat.settings.text(list).split(',')).some(
    (blocked) => blocked.trim() !== '' && blocked.trim().toLowerCase() === name.toLowerCase(),
  );

/** @throws a plain refusal (…/app/lib/server/functions/validateNameChars.ts) */
export const checkNameChars = (name: string): void => {
  const isValid = (text: string): boolean => {
    if (/[<>\\/]/.test(text)) return false;
    try {
      const read = decodeURI(text);
      return read === text || isValid(read);
    } catch {
      return false;
    }
  };
  if (!isValid(name)) throw plain('Name contains invalid characters');
};

/** @throws error-field-unavailable, error-input-is-not-a-valid-field, error-blocked-username */
export const checkUsername = (chat: Chat, username: string, owner?: UserDoc): void => {
  if (!matchesWhole(chat.settings.text('UTF8_User_Names_Validation'), username))
    throw coded('error-input-is-not-a-valid-field', `${username} is not a valid username`, {
      method: 'insertOrUpdateUser',
      input: username,
      field: 'Username',
    });
  if (isBlockedName(chat, username))
    throw coded('error-blocked-username', `${username} is blocked and can't be used!`, { field: username });
  // Mentions of everybody (…/app/lib/server/functions/checkUsernameAvailability.ts).
  if (['all', 'here'].includes(username.toLowerCase())) throw unavailable(username);
  const holder = findUser(chat, username);
  if (holder && holder._id !== owner?._id) throw unavailable(username);
};

/** @throws error-field-unavailable, error-invalid-email */
export const checkEmail = (chat: Chat, email: string, owner?: UserDoc): void => {
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw coded('error-invalid-email', `Invalid email ${email}`, { function: 'RocketChat.validateEmailDomain', email });
  const holder = findUserByEmail(chat, email);
  if (holder && holder._id !== owner?._id) throw unavailable(email);
};

const unavailable = (value: string) =>
  coded('error-field-unavailable', `${value} is already in use :(`, { method: 'insertOrUpdateUser', field: value });

/** @throws error-action-not-allowed when one of the roles does not exist */
export const checkRoles = (chat: Chat, roles: readonly string[]): void => {
  if (roles.every((id) => chat.state.roles.get(id))) return;
  throw coded('error-action-not-allowed', 'The field Roles consist invalid role id', {
    method: 'insertOrUpdateUser',
    action: 'Assign_role',
  });
};

const factorFields = (user: UserDoc) => ({ services: { email2fa: { enabled: user.emailFactor } } });

/** As others see a user: roles, mails and dates only with `view-full-other-user-info`, or on oneself. */
export const viewUser = (chat: Chat, user: UserDoc, viewer: UserDoc): Record<string, unknown> => {
  const isFull = viewer._id === user._id || hasPermission(chat.state, viewer, 'view-full-other-user-info');
  return {
    _id: user._id,
    username: user.username,
    name: user.name,
    type: user.type,
    status: 'offline',
    active: user.active,
    utcOffset: 0,
    nickname: user.profile.nickname ?? '',
    ...(isFull ? fullFields(user) : {}),
    canViewAllInfo: hasPermission(chat.state, viewer, 'view-full-other-user-info'),
  };
};

const fullFields = (user: UserDoc): Record<string, unknown> => ({
  createdAt: user.createdAt,
  _updatedAt: user._updatedAt,
  emails: user.emails,
  roles: user.roles,
  requirePasswordChange: false,
  settings: {},
  ...factorFields(user),
  ...user.profile,
});

/** As `me` and a login show the caller. */
export const viewMyself = (user: UserDoc, siteUrl: string): Record<string, unknown> => ({
  _id: user._id,
  username: user.username,
  name: user.name,
  emails: user.emails,
  status: 'offline',
  statusConnection: 'offline',
  utcOffset: 0,
  active: user.active,
  roles: user.roles,
  type: user.type,
  createdAt: user.createdAt,
  _updatedAt: user._updatedAt,
  requirePasswordChange: false,
  ...factorFields(user),
  customFields: {},
  ...user.profile,
  email: user.emails.find(({ verified }) => verified)?.address ?? user.emails[0]?.address,
  settings: { profile: {}, preferences: {} },
  avatarUrl: `${siteUrl.replace(/\/$/, '')}/avatar/${user.username}`,
});

/** Making users: by an admin, or by themselves. */
import { coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { UserDoc } from '../documents.ts';
import { addMember } from '../domain/members.ts';
import { isAcceptablePassword, weakPassword } from '../domain/password-policy.ts';
import {
  checkEmail,
  checkNameChars,
  checkRoles,
  checkUsername,
  insertUser,
  PROFILE_KEYS,
  viewUser,
} from '../domain/users.ts';
import { newSecret } from '../ids.ts';
import { type Call, type Fields, type OpenCall, pick, type Route, text, texts } from './route.ts';
import type { Schema } from './schema.ts';

const CREATE: Schema = {
  required: { email: 'string', name: 'string', username: 'string', password: 'string' },
  optional: {
    roles: 'string[]',
    active: 'boolean',
    verified: 'boolean',
    joinDefaultChannels: 'boolean',
    requirePasswordChange: 'boolean',
    setRandomPassword: 'boolean',
    sendWelcomeEmail: 'boolean',
    bio: 'string',
    nickname: 'string',
    statusText: 'string',
    statusType: 'string',
    customFields: 'object',
    freeSwitchExtension: 'string',
  },
};

const joinDefaults = (chat: Chat, user: UserDoc): void => {
  for (const room of chat.state.rooms.by('type', 'c'))
    if (room.default) addMember(chat, room, user, { announced: true });
};

const demandText = (body: Fields, key: string, label: string): string => {
  const value = text(body[key]) ?? '';
  if (value.trim() !== '') return value;
  throw coded('error-the-field-is-required', `The field ${label} is required`, {
    method: 'insertOrUpdateUser',
    field: label,
  });
};

const createUser = ({ chat, body, user: caller }: Call): Fields => {
  const name = demandText(body, 'name', 'Name');
  const username = demandText(body, 'username', 'Username');
  const email = demandText(body, 'email', 'Email');
  checkNameChars(name);
  const roles = body.roles === undefined ? ['user'] : texts(body.roles);
  checkRoles(chat, roles);
  const password = body.setRandomPassword === true ? newSecret() : demandText(body, 'password', 'Password');
  checkUsername(chat, username);
  checkEmail(chat, email);
  const user = insertUser(chat, {
    username,
    name,
    email,
    password,
    roles,
    verified: body.verified === true,
    active: body.active !== false,
    emailFactor: chat.settings.flag('Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In'),
    profile: pick(body, PROFILE_KEYS),
  });
  if (body.joinDefaultChannels !== false) joinDefaults(chat, user);
  return { user: viewUser(chat, user, caller) };
};

/** Open to anybody while the form is public; without an env admin the first to come becomes admin. */
const register = ({ chat, body }: OpenCall): Fields => {
  if (chat.settings.get('Accounts_RegistrationForm') !== 'Public')
    throw coded('error-user-registration-disabled', 'User registration is disabled', { method: 'registerUser' });
  const username = demandText(body, 'username', 'Username');
  const email = demandText(body, 'email', 'Email');
  checkUsername(chat, username);
  checkEmail(chat, email);
  const password = text(body.pass) ?? '';
  if (!isAcceptablePassword(chat.settings, password)) throw weakPassword();
  const isFirst = chat.state.users.countBy('role', 'admin') === 0;
  const user = insertUser(chat, {
    username,
    name: text(body.name) ?? username,
    email,
    password,
    roles: [isFirst ? 'admin' : 'user'],
    emailFactor: chat.settings.flag('Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In'),
  });
  joinDefaults(chat, user);
  return { user: viewUser(chat, user, user) };
};

export const newUserRoutes: readonly Route[] = [
  { method: 'POST', path: 'users.create', permissions: ['create-user'], body: CREATE, run: createUser },
  {
    method: 'POST',
    path: 'users.register',
    open: true,
    body: {
      required: { username: 'string', email: 'string', pass: 'string', name: 'string' },
      optional: { secretURL: 'string', reason: 'string' },
    },
    run: register,
  },
];

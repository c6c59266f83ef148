/** What a start makes of a data directory (RocketChat/Rocket.Chat:apps/meteor/server/startup/initialData.ts). */
import type { Chat } from './chat.ts';
import type { UserDoc } from './documents.ts';
import { createRoom } from './domain/rooms.ts';
import { findUser, findUserByEmail, insertUser, isBlockedName } from './domain/users.ts';
import { matchesWhole } from './domain/whole-match.ts';
import { sha256Hex } from './ids.ts';
import { insertDefaultRolesAndPermissions } from './permissions.ts';

const makeGeneral = (chat: Chat, cat: UserDoc): void => {
  if (chat.state.rooms.get('GENERAL')) return;
  createRoom(chat, {
    type: 'c',
    name: 'general',
    id: 'GENERAL',
    owner: cat,
    members: [],
    excludeSelf: true,
    isDefault: true,
  });
};

const makeCat = (chat: Chat): UserDoc =>
  chat.state.users.get('rocket.cat') ??
  insertUser(chat, { id: 'rocket.cat', username: 'rocket.cat', name: 'Rocket.Cat', roles: ['bot'], type: 'bot' });

const adminName = (chat: Chat): string => {
  const wanted = (chat.env.ADMIN_USERNAME ?? '').trim();
  const isReserved = isBlockedName(chat, wanted) || ['all', 'here'].includes(wanted.toLowerCase());
  const isFree = wanted !== '' && !isReserved && findUser(chat, wanted) === undefined;
  // A name that does not match is replaced with no more than a log line.
  return isFree && matchesWhole(chat.settings.text('UTF8_User_Names_Validation'), wanted) ? wanted : 'admin';
};

const adminEmail = (chat: Chat): string | undefined => {
  const wanted = (chat.env.ADMIN_EMAIL ?? '').trim();
  return /^[^\s@]+@[^\s@]+$/.test(wanted) && !findUserByEmail(chat, wanted) ? wanted : undefined;
};

/** Only while nobody holds role admin; later changes of the variables are ignored. */
const makeAdmin = (chat: Chat): void => {
  const password = (chat.env.ADMIN_PASS ?? '').trim();
  if (password === '' || chat.state.users.countBy('role', 'admin') > 0) return;
  const email = adminEmail(chat);
  // It is in no room, not even in general.
  insertUser(chat, {
    username: adminName(chat),
    name: (chat.env.ADMIN_NAME ?? '').trim() || 'Administrator',
    password,
    roles: ['admin'],
    ...(email === undefined ? {} : { email, verified: /^(yes|true|1)$/i.test(chat.env.ADMIN_EMAIL_VERIFIED ?? '') }),
  });
};

/** `INITIAL_USER`: a user document with `_id`, inserted once. */
const makeInitialUser = (chat: Chat): void => {
  const given = chat.env.INITIAL_USER;
  if (given === undefined) return;
  try {
    const { _id, username, name } = JSON.parse(given) as Readonly<Record<string, unknown>>;
    if (typeof _id !== 'string' || typeof username !== 'string' || chat.state.users.get(_id)) return;
    insertUser(chat, { id: _id, username, name: typeof name === 'string' ? name : username, roles: ['user'] });
  } catch {
    // Bad JSON is a log line there, and nothing more.
  }
};

/**
 * With an admin there `pending` becomes `in_progress`; at the first start and after every change of version a workspace
 * not registered with the vendor's cloud is put back to it, also over what the environment overwrites it with: that has
 * been written by then (server/startup/cloudRegistration.ts, called from server/startup/migrations/xrun.ts).
 */
const settleWizard = (chat: Chat): void => {
  const { settings, state, traits } = chat;
  const before = state.facts.get('version');
  const isOther = before !== traits.full;
  if (isOther) state.facts.put('version', traits.full);
  const hasAdmin = state.users.countBy('role', 'admin') > 0;
  const wizard = settings.get('Show_Setup_Wizard');
  if ((hasAdmin && wizard === 'pending') || (isOther && wizard === 'completed'))
    settings.set('Show_Setup_Wizard', 'in_progress');
};

/**
 * Another address or another database than at the last start: the administrator is asked whether it was moved or copied
 * (server/settings/misc.ts).
 */
const compareFingerprint = ({ settings, env }: Chat): void => {
  const now = sha256Hex(`${settings.text('Site_Url')}${env.MONGO_URL ?? ''}`);
  const before = settings.text('Deployment_FingerPrint_Hash');
  if (before === now) return;
  settings.set('Deployment_FingerPrint_Hash', now);
  settings.set('Deployment_FingerPrint_Verified', before === '' || env.AUTO_ACCEPT_FINGERPRINT === 'true');
};

export const makeFirstThings = (chat: Chat): void => {
  insertDefaultRolesAndPermissions(chat.state);
  const cat = makeCat(chat);
  makeGeneral(chat, cat);
  makeInitialUser(chat);
  makeAdmin(chat);
  settleWizard(chat);
  compareFingerprint(chat);
};

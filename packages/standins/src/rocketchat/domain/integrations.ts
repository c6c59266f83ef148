import { coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { IntegrationDoc, UserDoc } from '../documents.ts';
import { newHookToken, newId } from '../ids.ts';
import { hasPermission } from '../permissions.ts';
import type { Compiled } from '../sandbox/compile.ts';
import { findRoom } from './find-room.ts';
import { compiledFields, scriptFields } from './integration-scripts.ts';
import { isMember } from './rooms.ts';
import { findUser } from './users.ts';

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** @throws error-invalid-channel, error-invalid-channel-start-with-chars */
const readChannels = (given: unknown, method: string): string[] => {
  if (text(given).trim() === '') throw coded('error-invalid-channel', 'Invalid channel', { method });
  const channels = text(given)
    .split(',')
    .map((part) => part.trim());
  if (!channels.every((channel) => /^[@#]/.test(channel)))
    throw coded('error-invalid-channel-start-with-chars', 'Invalid channel. Start with @ or #', { method });
  return channels;
};

/** Every target must exist already, and be the caller's own unless they manage all. @throws error-invalid-room */
const checkTargets = (chat: Chat, user: UserDoc, channels: readonly string[], method: string): void => {
  const managesAll =
    hasPermission(chat.state, user, 'manage-incoming-integrations') &&
    hasPermission(chat.state, user, 'manage-own-incoming-integrations');
  for (const channel of channels) {
    const name = channel.slice(1);
    const room = channel.startsWith('#') ? findRoom(chat, name) : undefined;
    const person = channel.startsWith('@') ? (findUser(chat, name) ?? chat.state.users.get(name)) : undefined;
    if (!room && !person) throw coded('error-invalid-room', 'Invalid room', { method });
    if (!managesAll && !(room && isMember(chat, room, user)))
      throw coded('error-invalid-channel', 'Invalid Channel', { method });
  }
};

/** @throws error-user-lacks-message-impersonate-permission */
const demandImpersonation = (chat: Chat, poster: UserDoc, method: string): void => {
  if (!chat.traits.posterNeedsImpersonate || hasPermission(chat.state, poster, 'message-impersonate')) return;
  throw coded(
    'error-user-lacks-message-impersonate-permission',
    'The user does not have the message-impersonate permission',
    { method },
  );
};

/** @throws error-invalid-username, error-invalid-user, error-user-lacks-message-impersonate-permission */
const checkedPoster = (chat: Chat, username: string, method: string): UserDoc => {
  if (username.trim() === '') throw coded('error-invalid-username', 'Invalid username', { method });
  const poster = findUser(chat, username);
  if (!poster) throw coded('error-invalid-user', 'Invalid user', { method });
  demandImpersonation(chat, poster, method);
  return poster;
};

const lookFields = (body: Fields): Fields =>
  Object.fromEntries(
    ['alias', 'avatar', 'emoji'].flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]])),
  );

/** 7.0 made the poster a bot without asking. */
const makeBot = (chat: Chat, poster: UserDoc): void => {
  if (chat.traits.posterIsMadeBot && !poster.roles.includes('bot'))
    chat.state.users.put({ ...poster, roles: [...poster.roles, 'bot'] });
};

const target = (poster: UserDoc, channel: readonly string[]) => ({
  username: poster.username,
  userId: poster._id,
  channel,
});

/** @throws ApiError with the codes of the reference's integrations table */
export const createIncoming = (chat: Chat, caller: UserDoc, body: Fields): IntegrationDoc => {
  const method = 'addIncomingIntegration';
  const channel = readChannels(body.channel, method);
  const poster = checkedPoster(chat, text(body.username), method);
  const script = scriptFields(chat, body);
  checkTargets(chat, caller, channel, method);
  makeBot(chat, poster);
  const now = chat.stamp();
  return chat.state.integrations.put({
    _id: newId(),
    type: 'webhook-incoming',
    name: text(body.name),
    enabled: body.enabled === true,
    ...target(poster, channel),
    token: newHookToken(),
    ...script,
    ...compiledFields(body, script, {}),
    overrideDestinationChannelEnabled: body.overrideDestinationChannelEnabled === true,
    extra: lookFields(body),
    _createdAt: now,
    _createdBy: { _id: caller._id, username: caller.username },
    _updatedAt: now,
  });
};

const newPoster = (chat: Chat, old: IntegrationDoc, body: Fields, method: string): UserDoc => {
  const poster = findUser(chat, body.username === undefined ? old.username : text(body.username));
  if (!poster) throw coded('error-invalid-post-as-user', 'Invalid Post As User', { method });
  demandImpersonation(chat, poster, method);
  return poster;
};

/** Replaces what the body carries. @throws ApiError as `createIncoming`, and error-invalid-post-as-user */
export const updateIncoming = (chat: Chat, caller: UserDoc, old: IntegrationDoc, body: Fields): IntegrationDoc => {
  const method = 'updateIncomingIntegration';
  const channel = readChannels(body.channel, method);
  const { scriptCompiled, scriptError, ...kept } = old;
  const before = { ...(scriptCompiled ? { scriptCompiled } : {}), ...(scriptError ? { scriptError } : {}) };
  const script = scriptFields(chat, body, old.script);
  checkTargets(chat, caller, channel, method);
  const poster = newPoster(chat, old, body, method);
  makeBot(chat, poster);
  chat.scripts.forget(old._id);
  const override = body.overrideDestinationChannelEnabled;
  return chat.state.integrations.put({
    ...kept,
    name: text(body.name),
    enabled: body.enabled === true,
    ...target(poster, channel),
    ...script,
    ...compiledFields(body, script, before as Compiled),
    overrideDestinationChannelEnabled: typeof override === 'boolean' ? override : old.overrideDestinationChannelEnabled,
    extra: { ...old.extra, ...lookFields(body) },
    _updatedAt: chat.stamp(),
  });
};

const OUTGOING_KEYS = ['event', 'urls', 'triggerWords', 'targetRoom', 'impersonateUser', 'retryFailedCalls'];

/** Kept and shown, never fired: nothing of ours makes one, people do. */
export const createOutgoing = (chat: Chat, caller: UserDoc, body: Fields): IntegrationDoc => {
  const poster = findUser(chat, text(body.username));
  if (!poster) throw coded('error-invalid-user', 'Invalid user', { method: 'addOutgoingIntegration' });
  const now = chat.stamp();
  const more = Object.fromEntries(
    OUTGOING_KEYS.filter((key) => body[key] !== undefined).map((key) => [key, body[key]]),
  );
  return chat.state.integrations.put({
    _id: newId(),
    type: 'webhook-outgoing',
    name: text(body.name),
    enabled: body.enabled === true,
    ...target(
      poster,
      text(body.channel)
        .split(',')
        .map((part) => part.trim()),
    ),
    token: text(body.token) || newHookToken(),
    ...scriptFields(chat, body),
    overrideDestinationChannelEnabled: false,
    extra: { ...lookFields(body), ...more },
    _createdAt: now,
    _createdBy: { _id: caller._id, username: caller.username },
    _updatedAt: now,
  });
};

export const viewIntegration = (integration: IntegrationDoc): Record<string, unknown> => {
  const { extra, ...own } = integration;
  return { ...own, ...extra };
};

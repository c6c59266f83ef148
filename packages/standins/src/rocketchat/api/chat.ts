import { wallClockMs } from '../../kit/real-time.ts';
import { demandUnrestricted } from '../air-gap.ts';
import { bare, bareCode, coded, invalidParams, plain } from '../api-error.ts';
import type { MessageDoc, RoomDoc } from '../documents.ts';
import { changeMessage, checkSize, deleteMessage, postMessage, viewMessage } from '../domain/messages.ts';
import { canRead } from '../domain/rooms.ts';
import { personRef } from '../domain/users.ts';
import { postTo, targetsOf } from '../domain/webhook-message.ts';
import { hasPermission } from '../permissions.ts';
import { page } from './paging.ts';
import { type Call, type Fields, fields, pick, type Route, text } from './route.ts';

const demandImpersonation = ({ chat, user }: Call, message: Fields): void => {
  if (message.alias === undefined && message.avatar === undefined) return;
  if (!hasPermission(chat.state, user, 'message-impersonate')) throw plain('Not enough permission');
};

const post = (call: Call): Fields => {
  const { chat, body, user } = call;
  demandUnrestricted(chat.airGap);
  demandImpersonation(call, body);
  const targets = targetsOf(body.channel ?? body.roomId);
  if (targets.length === 0) throw bareCode('invalid-channel');
  const [first] = targets.map((target) => postTo(chat, user, target, body, {}));
  if (!first) throw plain('unknown-error');
  return { ts: Date.parse(first.message.ts), channel: first.channel, message: viewMessage(first.message) };
};

const demandReadable = (call: Call, rid: string): RoomDoc => {
  const room = call.chat.state.rooms.get(rid);
  if (!room || !canRead(call.chat, room, call.user))
    throw coded('error-not-allowed', 'Not allowed', { method: 'sendMessage' });
  return room;
};

const KEPT_KEYS = ['alias', 'avatar', 'emoji', 'attachments', 'customFields', 'bot', 'groupable', 'parseUrls'];

const send = (call: Call): Fields => {
  const { chat, body, user } = call;
  const message = fields(body.message);
  const rid = text(message.rid);
  if (rid === undefined) throw plain('The "rid" property on the message object is missing.');
  demandUnrestricted(chat.airGap);
  demandImpersonation(call, message);
  const room = demandReadable(call, rid);
  const [id, tmid] = [text(message._id), text(message.tmid)];
  if (id !== undefined && chat.state.messages.get(id))
    throw coded('error-message-already-exists', 'Message id is taken');
  const stored = postMessage(chat, room, user, {
    msg: text(message.msg) ?? '',
    ...(id === undefined ? {} : { id }),
    ...(tmid === undefined ? {} : { tmid }),
    extra: pick(message, KEPT_KEYS),
  });
  return { message: viewMessage(stored) };
};

const visible = (call: Call, id: string): MessageDoc | undefined => {
  const message = call.chat.state.messages.get(id);
  const room = message && call.chat.state.rooms.get(message.rid);
  return room && canRead(call.chat, room, call.user) ? message : undefined;
};

const inRoom = (call: Call): MessageDoc => {
  const id = text(call.body.msgId) ?? '';
  const message = call.chat.state.messages.get(id);
  if (!message) throw plain(`No message found with the id of "${id}".`);
  if (message.rid !== call.body.roomId) throw plain('The room id provided does not match where the message is from.');
  return message;
};

const update = (call: Call): Fields => {
  const { chat, body, user } = call;
  const message = inRoom(call);
  const isOwn = message.u._id === user._id && chat.settings.flag('Message_AllowEditing');
  if (!isOwn && !hasPermission(chat.state, user, 'edit-message', message.rid))
    throw coded('error-action-not-allowed', 'Message editing not allowed', { method: 'updateMessage' });
  demandUnrestricted(chat.airGap);
  const msg = text(body.text) ?? '';
  checkSize(chat, msg);
  const changed = changeMessage(chat, message, { msg, editedAt: chat.stamp(), editedBy: personRef(user) });
  return { message: viewMessage(changed) };
};

const remove = (call: Call): Fields => {
  const { chat, user } = call;
  const message = inRoom(call);
  const isOwn = message.u._id === user._id && chat.settings.flag('Message_AllowDeleting');
  if (!isOwn && !hasPermission(chat.state, user, 'delete-message', message.rid))
    throw coded('error-action-not-allowed', 'Not allowed', { method: 'deleteMessage', action: 'Delete_message' });
  deleteMessage(chat, message);
  return { _id: message._id, ts: String(wallClockMs()), message: pick({ ...message }, ['_id', 'rid', 'u']) };
};

const react = (call: Call): Fields => {
  const { chat, body, user } = call;
  const message = visible(call, text(body.messageId) ?? '');
  if (!message) throw coded('error-message-not-found', 'The provided "messageId" does not match any existing message.');
  const bareName = (text(body.emoji) ?? text(body.reaction) ?? '').replace(/^:|:$/g, '');
  if (bareName === '') throw coded('error-emoji-param-not-provided', 'The required "emoji" param is missing.');
  const key = `:${bareName}:`;
  const before = message.reactions?.[key]?.usernames ?? [];
  const wanted = typeof body.shouldReact === 'boolean' ? body.shouldReact : !before.includes(user.username);
  const others = before.filter((name) => name !== user.username);
  const usernames = wanted ? [...others, user.username] : others;
  const { [key]: _, ...rest } = message.reactions ?? {};
  changeMessage(chat, message, { reactions: usernames.length === 0 ? rest : { ...rest, [key]: { usernames } } });
  return {};
};

const sync = (call: Call): Fields => {
  const { query, chat } = call;
  const room = demandReadable(call, query.roomId ?? '');
  const since = Date.parse(query.lastUpdate ?? '');
  if (Number.isNaN(since)) throw coded('error-param-required', 'The required "lastUpdate" query param is missing.');
  const updated = chat.state.messages.by('room', room._id).filter(({ _updatedAt }) => Date.parse(_updatedAt) > since);
  return { result: { updated: updated.map(viewMessage), deleted: [] } };
};

const search = (call: Call): Fields => {
  const { query, chat } = call;
  const room = demandReadable(call, query.roomId ?? '');
  const wanted = (query.searchText ?? '').toLowerCase();
  if (wanted === '')
    throw coded('error-searchText-param-not-provided', 'The required "searchText" query param is missing.');
  const found = chat.state.messages
    .by('room', room._id)
    .reverse()
    .filter(({ msg, t }) => t === undefined && msg.toLowerCase().includes(wanted));
  return { messages: page(chat, query, found, viewMessage).items };
};

export const chatRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'chat.postMessage',
    body: ({ version }) => ({
      optional: {
        roomId: 'any',
        channel: 'any',
        text: 'string',
        attachments: 'object[]',
        alias: 'string',
        emoji: 'string',
        avatar: 'string',
        parseUrls: 'boolean',
        customFields: 'object',
        tmid: 'string',
      },
      anyOf: ['roomId', 'channel'],
      // Before 8.x keys nobody declared went through.
      open: version === '7.0',
    }),
    run: (call) => {
      if (call.body.tmid !== undefined && call.body.roomId === undefined)
        throw invalidParams(['must NOT have additional properties']);
      return post(call);
    },
  },
  {
    method: 'POST',
    path: 'chat.sendMessage',
    body: { required: { message: 'object' }, optional: { previewUrls: 'string[]' } },
    run: send,
  },
  {
    method: 'GET',
    path: 'chat.getMessage',
    query: { required: { msgId: 'string' } },
    run: (call) => {
      const message = visible(call, call.query.msgId ?? '');
      if (!message) throw bare();
      return { message: viewMessage(message) };
    },
  },
  {
    method: 'POST',
    path: 'chat.update',
    body: {
      required: { roomId: 'string', msgId: 'string', text: 'string' },
      optional: { previewUrls: 'string[]', customFields: 'object' },
    },
    run: update,
  },
  {
    method: 'POST',
    path: 'chat.delete',
    body: { required: { roomId: 'string', msgId: 'string' }, optional: { asUser: 'boolean' } },
    run: remove,
  },
  {
    method: 'POST',
    path: 'chat.react',
    body: {
      required: { messageId: 'string' },
      optional: { emoji: 'string', reaction: 'string', shouldReact: 'boolean' },
    },
    run: react,
  },
  { method: 'GET', path: 'chat.syncMessages', run: sync },
  { method: 'GET', path: 'chat.search', run: search },
];

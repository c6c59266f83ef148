import { coded, plain } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { MessageDoc, RoomDoc, UserDoc } from '../documents.ts';
import { newId } from '../ids.ts';
import { hasPermission } from '../permissions.ts';
import { findRoomByName } from './find-room.ts';
import { findUser, personRef } from './users.ts';

export interface NewMessage {
  readonly msg: string;
  readonly id?: string;
  readonly tmid?: string;
  readonly t?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

const namesAfter = (sign: '@' | '#', text: string): string[] =>
  [...text.matchAll(new RegExp(`(?<![\\w])${sign}([0-9a-zA-Z-_.]+)`, 'g'))].map((match) => match[1] ?? '');

const mentionsIn = (chat: Chat, msg: string) =>
  namesAfter('@', msg).flatMap((name) => {
    if (name === 'all' || name === 'here') return [{ _id: name, username: name, type: 'user' }];
    const user = findUser(chat, name);
    return user ? [{ ...personRef(user), type: 'user' }] : [];
  });

const channelsIn = (chat: Chat, msg: string) =>
  namesAfter('#', msg).flatMap((name) => {
    const room = findRoomByName(chat, name);
    return room ? [{ _id: room._id, name: room.name, fname: room.fname }] : [];
  });

const store = (chat: Chat, room: RoomDoc, user: UserDoc, wanted: NewMessage): MessageDoc => {
  const ts = chat.stamp();
  const message = chat.state.messages.put({
    _id: wanted.id ?? newId(),
    rid: room._id,
    msg: wanted.msg,
    ts,
    _updatedAt: ts,
    u: personRef(user),
    ...(wanted.t === undefined ? {} : { t: wanted.t }),
    ...(wanted.tmid === undefined ? {} : { tmid: wanted.tmid }),
    extra: {
      ...wanted.extra,
      ...(wanted.t === undefined
        ? { mentions: mentionsIn(chat, wanted.msg), channels: channelsIn(chat, wanted.msg) }
        : {}),
    },
  });
  const current = chat.state.rooms.get(room._id) ?? room;
  chat.state.rooms.put({ ...current, msgs: current.msgs + 1, lm: ts, _updatedAt: ts });
  chat.news.announce(message, current);
  return message;
};

export const postSystemMessage = (chat: Chat, room: RoomDoc, user: UserDoc, t: string, msg: string): MessageDoc =>
  store(chat, room, user, { msg, t, extra: { groupable: false } });

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A field without title or value refuses the whole message (…/app/lib/server/functions/sendMessage.ts); the words are ours. */
const checkFields = (attachments: unknown): void => {
  for (const attachment of listOf(attachments))
    for (const field of listOf(record(attachment).fields))
      if (isBlank(record(field).title) || isBlank(record(field).value)) throw plain('Invalid attachment field');
};

/** @throws error-message-size-exceeded, or a plain refusal when the room is archived or read-only */
export const postMessage = (chat: Chat, room: RoomDoc, user: UserDoc, wanted: NewMessage): MessageDoc => {
  if (room.archived) throw plain('room_is_archived');
  if (room.ro && !hasPermission(chat.state, user, 'post-readonly', room._id))
    throw plain("You can't send messages because the room is readonly.");
  checkSize(chat, wanted.msg);
  checkFields(wanted.extra?.attachments);
  return store(chat, room, user, wanted);
};

/** @throws error-message-size-exceeded */
export const checkSize = (chat: Chat, msg: string): void => {
  if ([...msg].length > chat.settings.number('Message_MaxAllowedSize'))
    throw coded('error-message-size-exceeded', 'Message size exceeds Message_MaxAllowedSize');
};

export const changeMessage = (chat: Chat, message: MessageDoc, change: Partial<MessageDoc>): MessageDoc => {
  const changed = chat.state.messages.put({ ...message, ...change, _updatedAt: chat.stamp() });
  const room = chat.state.rooms.get(message.rid);
  if (room) chat.news.announce(changed, room);
  return changed;
};

export const deleteMessage = (chat: Chat, message: MessageDoc): void => {
  chat.state.messages.remove(message._id);
  const room = chat.state.rooms.get(message.rid);
  if (room) chat.state.rooms.put({ ...room, msgs: Math.max(0, room.msgs - 1) });
};

export const viewMessage = (message: MessageDoc): Record<string, unknown> => {
  const { extra, ...own } = message;
  return { ...own, urls: [], mentions: [], channels: [], ...extra };
};

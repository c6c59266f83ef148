/**
 * Posting as a webhook or `chat.postMessage` does: targets by `#name`, `@user` or id, and a message whose keys have
 * two names each (…/app/lib/server/functions/processWebhookMessage.ts).
 */
import { bareCode } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { MessageDoc, RoomDoc, UserDoc } from '../documents.ts';
import { findRoom } from './find-room.ts';
import { addMember } from './members.ts';
import { postMessage } from './messages.ts';
import { isMember, openDirectRoom } from './rooms.ts';
import { findUser } from './users.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Posted {
  /** As the caller named it. */
  readonly channel: string;
  readonly room: RoomDoc;
  readonly message: MessageDoc;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The texts of one or many targets; empty when there is none. */
export const targetsOf = (value: unknown): string[] => [
  ...new Set((Array.isArray(value) ? value : [value]).filter((item): item is string => text(item) !== undefined)),
];

const directWith = (chat: Chat, user: UserDoc, name: string): RoomDoc | undefined => {
  const other = findUser(chat, name) ?? chat.state.users.get(name);
  return other && openDirectRoom(chat, other._id === user._id ? [user] : [user, other]);
};

/** @throws invalid-channel, error-not-allowed; a public room is joined by itself */
export const resolveTarget = (chat: Chat, user: UserDoc, target: string): RoomDoc => {
  const bareName = target.replace(/^[#@]/, '');
  const room = target.startsWith('@')
    ? directWith(chat, user, bareName)
    : (findRoom(chat, bareName) ?? (target.startsWith('#') ? undefined : directWith(chat, user, bareName)));
  if (!room) throw bareCode('invalid-channel');
  if (isMember(chat, room, user)) return room;
  // Thrown without a code there: the word is the whole text.
  if (room.t !== 'c') throw bareCode('error-not-allowed');
  addMember(chat, room, user, { announced: true });
  return room;
};

const present = (values: Fields): Fields =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** A picture or an emoji, the message's own before the integration's, a picture before an emoji. */
const faceOf = (body: Fields, defaults: Fields): Fields => {
  const faces = [
    { avatar: text(body.icon_url) ?? text(body.avatar) },
    { emoji: text(body.icon_emoji) ?? text(body.emoji) },
    { avatar: text(defaults.avatar) },
    { emoji: text(defaults.emoji) },
  ];
  return faces.find((face) => Object.values(face)[0] !== undefined) ?? {};
};

/** An attachment's `msg` is its text. */
const attachmentsOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value)
    ? value.map((one: unknown) => {
        if (typeof one !== 'object' || one === null || !('msg' in one) || text(one.msg) === undefined) return one;
        const { msg, ...rest } = one;
        return { ...rest, text: String(msg).trim() };
      })
    : undefined;

const extraOf = (body: Fields, defaults: Fields): Fields =>
  present({
    alias: text(body.username) ?? text(body.alias) ?? text(defaults.alias),
    ...faceOf(body, defaults),
    attachments: attachmentsOf(body.attachments),
    parseUrls: body.parseUrls !== undefined ? body.parseUrls !== false : !body.attachments,
    customFields: body.customFields,
    bot: body.bot,
    groupable: body.groupable === true,
  });

/** One message into one target. @throws ApiError */
export const postTo = (chat: Chat, user: UserDoc, target: string, body: Fields, defaults: Fields): Posted => {
  const room = resolveTarget(chat, user, target);
  const tmid = text(body.tmid);
  const message = postMessage(chat, room, user, {
    msg: (text(body.text) ?? text(body.msg) ?? '').trim(),
    ...(tmid === undefined ? {} : { tmid }),
    extra: extraOf(body, defaults),
  });
  return { channel: target, room, message };
};

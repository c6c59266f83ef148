import { coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { RoomDoc, UserDoc } from '../documents.ts';
import { findRoomByName } from '../domain/find-room.ts';
import { isMember } from '../domain/rooms.ts';
import { findUser } from '../domain/users.ts';
import { type Call, type Fields, text, texts } from './route.ts';

/** Channels and groups share their calls; these are the few words in which they differ. */
export interface RoomKind {
  readonly type: 'c' | 'p';
  /** `channels` or `groups`: the family, and the key of lists. */
  readonly family: 'channels' | 'groups';
  /** The key of one room. */
  readonly one: 'channel' | 'group';
  readonly createPermission: 'create-c' | 'create-p';
  readonly deletePermission: 'delete-c' | 'delete-p';
}

export const CHANNELS: RoomKind = {
  type: 'c',
  family: 'channels',
  one: 'channel',
  createPermission: 'create-c',
  deletePermission: 'delete-c',
};

export const GROUPS: RoomKind = {
  type: 'p',
  family: 'groups',
  one: 'group',
  createPermission: 'create-p',
  deletePermission: 'delete-p',
};

export const roomNotFound = (kind: RoomKind | undefined) =>
  coded(
    'error-room-not-found',
    kind?.type === 'p'
      ? 'The required "roomId" or "roomName" param provided does not match any group'
      : kind
        ? 'The required "roomId" or "roomName" param provided does not match any channel'
        : 'The required "roomId" or "roomName" param provided does not match any room',
  );

const missingRoom = (kind: RoomKind) =>
  kind.type === 'p'
    ? coded('error-room-param-not-provided', 'The parameter "roomId" or "roomName" is required')
    : coded('error-roomid-param-not-provided', 'The parameter "roomId" or "roomName" is required');

const given = (call: Call): { readonly id: string | undefined; readonly name: string | undefined } => ({
  id: text(call.body.roomId) ?? call.query.roomId,
  name: text(call.body.roomName) ?? call.query.roomName,
});

/**
 * The room a call names. A room of the other kind is not found, and neither is a group the caller is not inside of,
 * be it an admin (…/app/api/server/v1/groups.ts).
 */
export const demandRoom = (call: Call, kind: RoomKind): RoomDoc => {
  const { id, name } = given(call);
  if (id === undefined && name === undefined) throw missingRoom(kind);
  const room = id === undefined ? findRoomByName(call.chat, name ?? '') : call.chat.state.rooms.get(id);
  const isVisible = room?.t === kind.type && (kind.type === 'c' || isMember(call.chat, room, call.user));
  if (!room || !isVisible) throw roomNotFound(kind);
  return room;
};

/** Unknown names are dropped without a word, as in `members` of a room being made. */
export const knownUsers = (chat: Chat, names: readonly string[]): UserDoc[] =>
  names.flatMap((name) => findUser(chat, name) ?? []);

/** `userId`, `username` or `user`: undefined when none names anybody. */
export const namedUser = ({ chat, body }: Call): UserDoc | undefined => {
  const id = text(body.userId);
  if (id !== undefined) return chat.state.users.get(id);
  return findUser(chat, text(body.username) ?? text(body.user) ?? '');
};

/** Everybody a call names, and whether it named anybody at all. */
export const namedUsers = (call: Call): { readonly named: boolean; readonly users: UserDoc[] } => {
  const { body, chat } = call;
  const ids = [...texts(body.userIds), ...singles(body, 'userId')];
  const names = [...texts(body.usernames), ...singles(body, 'username'), ...singles(body, 'user')];
  const users = [...ids.flatMap((id) => chat.state.users.get(id) ?? []), ...knownUsers(chat, names)];
  return { named: ids.length + names.length > 0, users };
};

const singles = (body: Fields, key: string): string[] => {
  const value = text(body[key]);
  return value === undefined ? [] : [value];
};

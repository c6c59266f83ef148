import { coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { RoomDoc, RoomType, UserDoc } from '../documents.ts';
import { newId } from '../ids.ts';
import { hasPermission } from '../permissions.ts';
import { subscriptionId } from '../state.ts';
import { findRoomByName } from './find-room.ts';
import { addMember } from './members.ts';
import { isBlockedName, personRef } from './users.ts';
import { matchesWhole } from './whole-match.ts';

export interface NewRoom {
  readonly type: 'c' | 'p';
  readonly name: string;
  readonly owner: UserDoc;
  readonly members: readonly UserDoc[];
  readonly readOnly?: boolean;
  readonly excludeSelf?: boolean;
  readonly id?: string;
  readonly isDefault?: boolean;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Names are unique across channels and groups. @throws error-duplicate-channel-name and its kin */
export const checkRoomName = (chat: Chat, name: string, owner?: RoomDoc): void => {
  const details = { function: 'RocketChat.getValidRoomName', channel_name: name };
  if (isBlockedName(chat, name) || !matchesWhole(chat.settings.text('UTF8_Channel_Names_Validation'), name))
    throw coded('error-invalid-room-name', `${name} is not a valid room name.`, details);
  const holder = findRoomByName(chat, name);
  if (!holder || holder._id === owner?._id) return;
  if (holder.archived)
    throw coded('error-archived-duplicate-name', `There's an archived channel with name ${name}`, details);
  throw coded('error-duplicate-channel-name', `A channel with name '${name}' exists`, details);
};

export const createRoom = (chat: Chat, wanted: NewRoom): RoomDoc => {
  checkRoomName(chat, wanted.name);
  const now = chat.stamp();
  const room = chat.state.rooms.put({
    _id: wanted.id ?? newId(),
    t: wanted.type,
    name: wanted.name,
    fname: wanted.name,
    u: personRef(wanted.owner),
    ts: now,
    _updatedAt: now,
    msgs: 0,
    ro: wanted.readOnly ?? false,
    default: wanted.isDefault ?? false,
    extra: wanted.extra ?? {},
  });
  if (!wanted.excludeSelf) addMember(chat, room, wanted.owner, { roles: ['owner'] });
  for (const member of wanted.members)
    if (member._id !== wanted.owner._id || wanted.excludeSelf) addMember(chat, room, member, {});
  return room;
};

const directRoomId = (people: readonly UserDoc[]): string =>
  people
    .map(({ _id }) => _id)
    .sort()
    .join('');

/** The direct room of these people, made when there is none. */
export const openDirectRoom = (chat: Chat, people: readonly UserDoc[]): RoomDoc => {
  const found = chat.state.rooms.get(directRoomId(people));
  if (found) return found;
  const [first] = people;
  if (!first) throw coded('error-invalid-user', 'Invalid user');
  const now = chat.stamp();
  const room = chat.state.rooms.put({
    _id: directRoomId(people),
    t: 'd',
    u: personRef(first),
    ts: now,
    _updatedAt: now,
    msgs: 0,
    ro: false,
    default: false,
    uids: people.map(({ _id }) => _id),
    usernames: people.map(({ username }) => username),
    extra: {},
  });
  for (const person of people) addMember(chat, room, person, {});
  return room;
};

export const changeRoom = (chat: Chat, room: RoomDoc, change: Partial<RoomDoc>): RoomDoc =>
  chat.state.rooms.put({ ...(chat.state.rooms.get(room._id) ?? room), ...change, _updatedAt: chat.stamp() });

export const deleteRoom = (chat: Chat, room: RoomDoc): void => {
  for (const { _id } of chat.state.subscriptions.by('room', room._id)) chat.state.subscriptions.remove(_id);
  for (const { _id } of chat.state.messages.by('room', room._id)) chat.state.messages.remove(_id);
  chat.state.rooms.remove(room._id);
};

export const isMember = (chat: Chat, room: RoomDoc, user: UserDoc): boolean =>
  chat.state.subscriptions.get(subscriptionId(room._id, user._id)) !== undefined;

/** Whether a user may read a room: public ones by permission, others by being inside. */
export const canRead = (chat: Chat, room: RoomDoc, user: UserDoc): boolean =>
  isMember(chat, room, user) || (room.t === 'c' && hasPermission(chat.state, user, 'view-c-room'));

export const viewRoom = (chat: Chat, room: RoomDoc): Record<string, unknown> => {
  const { extra, ...own } = room;
  return { ...own, sysMes: true, usersCount: chat.state.subscriptions.countBy('room', room._id), ...extra };
};

export const roomsOfType = (chat: Chat, type: RoomType): RoomDoc[] => chat.state.rooms.by('type', type);

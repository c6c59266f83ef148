import type { Chat } from '../chat.ts';
import type { RoomDoc, SubscriptionDoc, UserDoc } from '../documents.ts';
import { subscriptionId } from '../state.ts';
import { postSystemMessage } from './messages.ts';

export interface MemberOptions {
  readonly roles?: readonly string[];
  /** Who brought the user in; absent: the user came alone. */
  readonly by?: UserDoc;
  /** Whether it is announced in the room. Default false. */
  readonly announced?: boolean;
}

/** @returns false when the user was inside already */
export const addMember = (chat: Chat, room: RoomDoc, user: UserDoc, options: MemberOptions): boolean => {
  const id = subscriptionId(room._id, user._id);
  if (chat.state.subscriptions.get(id)) return false;
  chat.state.subscriptions.put({
    _id: id,
    rid: room._id,
    uid: user._id,
    ts: chat.stamp(),
    roles: options.roles ?? [],
    unread: 0,
  });
  if (options.announced)
    if (options.by) postSystemMessage(chat, room, options.by, 'au', user.username);
    else postSystemMessage(chat, room, user, 'uj', user.username);
  return true;
};

export const removeMember = (chat: Chat, room: RoomDoc, user: UserDoc, by?: UserDoc): void => {
  chat.state.subscriptions.remove(subscriptionId(room._id, user._id));
  if (by) postSystemMessage(chat, room, by, 'ru', user.username);
  else postSystemMessage(chat, room, user, 'ul', user.username);
};

export const subscriptionOf = (chat: Chat, room: RoomDoc, user: UserDoc): SubscriptionDoc | undefined =>
  chat.state.subscriptions.get(subscriptionId(room._id, user._id));

export const setRoomRole = (chat: Chat, entry: SubscriptionDoc, role: string, held: boolean): void => {
  const others = entry.roles.filter((name) => name !== role);
  chat.state.subscriptions.put({ ...entry, roles: held ? [...others, role] : others });
};

export const viewSubscription = (chat: Chat, entry: SubscriptionDoc): Record<string, unknown> => {
  const room = chat.state.rooms.get(entry.rid);
  const user = chat.state.users.get(entry.uid);
  const other = room?.usernames?.find((name) => name !== user?.username) ?? user?.username;
  return {
    _id: entry._id,
    rid: entry.rid,
    t: room?.t,
    name: room?.name ?? other,
    fname: room?.fname ?? other,
    u: { _id: entry.uid, username: user?.username, name: user?.name },
    open: true,
    alert: entry.unread > 0,
    unread: entry.unread,
    userMentions: 0,
    groupMentions: 0,
    roles: entry.roles,
    ts: entry.ts,
    ...(entry.ls === undefined ? {} : { ls: entry.ls }),
    _updatedAt: room?._updatedAt ?? entry.ts,
  };
};

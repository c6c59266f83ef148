import { coded } from '../api-error.ts';
import type { RoomDoc } from '../documents.ts';
import { viewSubscription } from '../domain/members.ts';
import { isMember, openDirectRoom, roomsOfType, viewRoom } from '../domain/rooms.ts';
import { hasPermission } from '../permissions.ts';
import { page, paged } from './paging.ts';
import { knownUsers, roomNotFound } from './room-lookup.ts';
import { readingRoutes } from './room-messages.ts';
import { type Call, type Fields, type Route, text } from './route.ts';

const demandDirect = (call: Call): RoomDoc => {
  const room = call.chat.state.rooms.get(call.query.roomId ?? '');
  if (room?.t !== 'd' || !isMember(call.chat, room, call.user)) throw roomNotFound(undefined);
  return room;
};

const create = ({ chat, body, user }: Call): Fields => {
  const names = (text(body.usernames) ?? text(body.username) ?? '').split(',').map((name) => name.trim());
  const others = knownUsers(
    chat,
    names.filter((name) => name !== ''),
  );
  if (others.length === 0) throw coded('error-invalid-user', 'Invalid user', { method: 'createDirectMessage' });
  if (!hasPermission(chat.state, user, 'create-d'))
    throw coded('error-not-allowed', 'Not allowed', { method: 'createDirectMessage' });
  const people = [user, ...others.filter(({ _id }) => _id !== user._id)];
  const room = openDirectRoom(chat, people);
  return { room: { ...viewRoom(chat, room), rid: room._id } };
};

export const directRoutes: readonly Route[] = [
  ...['im', 'dm'].flatMap((family): Route[] => [
    {
      method: 'POST',
      path: `${family}.create`,
      body: {
        optional: { username: 'string', usernames: 'string', excludeSelf: 'boolean' },
        anyOf: ['username', 'usernames'],
      },
      run: create,
    },
    {
      method: 'GET',
      path: `${family}.list`,
      run: ({ chat, query, user }) => {
        const mine = roomsOfType(chat, 'd').filter((room) => isMember(chat, room, user));
        return paged(
          'ims',
          page(chat, query, mine, (room) => viewRoom(chat, room)),
        );
      },
    },
    ...readingRoutes(family, demandDirect),
  ]),
  {
    method: 'GET',
    path: 'subscriptions.get',
    run: ({ chat, user }) => ({
      update: chat.state.subscriptions.by('user', user._id).map((entry) => viewSubscription(chat, entry)),
      remove: [],
    }),
  },
  {
    method: 'GET',
    path: 'subscriptions.getOne',
    query: { required: { roomId: 'string' } },
    run: ({ chat, query, user }) => {
      const entry = chat.state.subscriptions.get(`${query.roomId}:${user._id}`);
      return { subscription: entry ? viewSubscription(chat, entry) : null };
    },
  },
  {
    method: 'POST',
    path: 'subscriptions.read',
    run: ({ chat, body, user }) => {
      const entry = chat.state.subscriptions.get(`${text(body.rid) ?? text(body.roomId)}:${user._id}`);
      if (!entry) throw coded('error-invalid-subscription', 'Invalid subscription', { method: 'readMessages' });
      chat.state.subscriptions.put({ ...entry, unread: 0, ls: chat.stamp() });
      return {};
    },
  },
];

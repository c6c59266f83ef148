import { ApiError, coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { RoomDoc } from '../documents.ts';
import { findRoomByName } from '../domain/find-room.ts';
import { addMember, removeMember } from '../domain/members.ts';
import { canRead, isMember, roomsOfType, viewRoom } from '../domain/rooms.ts';
import { findUser } from '../domain/users.ts';
import { hasPermission } from '../permissions.ts';
import { page } from './paging.ts';
import { roomNotFound } from './room-lookup.ts';
import { type Call, type Fields, type Route, text } from './route.ts';

const demandRoom = (call: Call): RoomDoc => {
  const id = text(call.body.roomId) ?? call.query.roomId;
  const name = text(call.body.roomName) ?? call.query.roomName;
  if (id === undefined && name === undefined)
    throw coded('error-roomid-param-not-provided', 'The parameter "roomId" or "roomName" is required');
  const room = id === undefined ? findRoomByName(call.chat, name ?? '') : call.chat.state.rooms.get(id);
  if (!room) throw roomNotFound(undefined);
  return room;
};

const notAllowed = () =>
  new ApiError(400, { success: false, error: 'not-allowed', errorType: 'Not Allowed' }, 'Not Allowed', 'not-allowed');

const info = (call: Call): Fields => {
  const room = demandRoom(call);
  if (!canRead(call.chat, room, call.user)) throw notAllowed();
  return { room: viewRoom(call.chat, room) };
};

const isMemberCall = (call: Call): Fields => {
  const room = demandRoom(call);
  const { userId, username } = call.query;
  const user = userId === undefined ? findUser(call.chat, username ?? '') : call.chat.state.users.get(userId);
  if (!user) throw coded('error-user-not-found', 'User not found');
  if (!canRead(call.chat, room, call.user)) throw notAllowed();
  return { isMember: isMember(call.chat, room, user) };
};

const mine = ({ chat, user }: Call): Fields[] =>
  chat.state.subscriptions.by('user', user._id).flatMap(({ rid }) => {
    const room = chat.state.rooms.get(rid);
    return room ? [viewRoom(chat, room)] : [];
  });

const join = (call: Call): Fields => {
  const room = demandRoom(call);
  if (room.t !== 'c' || !hasPermission(call.chat.state, call.user, 'view-c-room'))
    throw coded('error-not-allowed', 'Not allowed', { method: 'joinRoom' });
  addMember(call.chat, room, call.user, { announced: true });
  return { room: viewRoom(call.chat, room) };
};

const leave = (call: Call): Fields => {
  const room = demandRoom(call);
  if (!isMember(call.chat, room, call.user)) throw coded('error-user-not-in-room', 'You are not in this room');
  removeMember(call.chat, room, call.user);
  return {};
};

const adminRooms = ({ chat, query }: Call): Fields => {
  const all = (['c', 'p', 'd'] as const).flatMap((type) => roomsOfType(chat, type));
  const part = (query.filter ?? '').toLowerCase();
  const found = all.filter(({ name }) => (name ?? '').toLowerCase().includes(part));
  const { items, count, offset, total } = page(chat, query, found, (room) => viewRoom(chat, room));
  return { rooms: items, count, offset, total };
};

/** `rooms.join` came with 8.6: elsewhere the path does not exist. */
export const roomRoutes = (chat: Chat): readonly Route[] => [
  { method: 'GET', path: 'rooms.info', run: info },
  {
    method: 'GET',
    path: 'rooms.nameExists',
    query: { required: { roomName: 'string' } },
    run: ({ query }) => ({ exists: findRoomByName(chat, query.roomName ?? '') !== undefined }),
  },
  { method: 'GET', path: 'rooms.isMember', run: isMemberCall },
  { method: 'GET', path: 'rooms.get', run: (call) => ({ update: mine(call), remove: [] }) },
  { method: 'GET', path: 'rooms.adminRooms', permissions: ['view-room-administration'], run: adminRooms },
  ...(chat.traits.hasRoomsJoin ? [{ method: 'POST', path: 'rooms.join', run: join } as const] : []),
  { method: 'POST', path: 'rooms.leave', run: leave },
];

/** What `channels.*` and `groups.*` have in common: everything but a few words. */
import { ApiError, coded, handlerForbidden, plain } from '../api-error.ts';
import type { RoomDoc } from '../documents.ts';
import { addMember, removeMember } from '../domain/members.ts';
import { createRoom, deleteRoom, isMember, roomsOfType, viewRoom } from '../domain/rooms.ts';
import { viewUser } from '../domain/users.ts';
import { hasPermission } from '../permissions.ts';
import { page, paged } from './paging.ts';
import { demandRoom, knownUsers, namedUser, namedUsers, type RoomKind } from './room-lookup.ts';
import { type Call, type Fields, fields, type Route, text, texts } from './route.ts';

const notAllowed = (method: string) => coded('error-not-allowed', 'Not allowed', { method });

const demandName = (body: Fields): string => {
  const name = text(body.name);
  if (name === undefined || name === '') throw plain('Param "name" is required');
  if (body.members !== undefined && !Array.isArray(body.members))
    throw plain('Param "members" must be an array if provided');
  return name;
};

const create =
  (kind: RoomKind) =>
  ({ chat, body, user }: Call): Fields => {
    const name = demandName(body);
    if (!hasPermission(chat.state, user, kind.createPermission)) throw handlerForbidden();
    const extra = { ...fields(body.extraData), ...(body.customFields ? { customFields: body.customFields } : {}) };
    const room = createRoom(chat, {
      type: kind.type,
      name,
      owner: user,
      members: knownUsers(chat, texts(body.members)),
      readOnly: body.readOnly === true,
      excludeSelf: body.excludeSelf === true,
      extra,
    });
    return { [kind.one]: viewRoom(chat, room) };
  };

const one = (call: Call, kind: RoomKind, room: RoomDoc): Fields => ({
  [kind.one]: viewRoom(call.chat, call.chat.state.rooms.get(room._id) ?? room),
});

const list =
  (kind: RoomKind) =>
  ({ chat, query, user }: Call): Fields => {
    const all = roomsOfType(chat, kind.type);
    const seen = kind.type === 'c' ? all : all.filter((room) => isMember(chat, room, user));
    return paged(
      kind.family,
      page(chat, query, seen, (room) => viewRoom(chat, room)),
    );
  };

const mayInvite = (call: Call, room: RoomDoc): boolean => {
  const { chat, user } = call;
  const anywhere = room.t === 'c' ? 'add-user-to-any-c-room' : 'add-user-to-any-p-room';
  return (
    hasPermission(chat.state, user, anywhere) ||
    (isMember(chat, room, user) && hasPermission(chat.state, user, 'add-user-to-joined-room', room._id))
  );
};

const nobodyNamed = (kind: RoomKind) =>
  kind.type === 'c'
    ? coded('error-users-params-not-provided', 'Please provide "userId" or "username" or "userIds" as array')
    : coded('error-empty-invite-list', 'Cannot invite if no valid users are provided');

/** Here the server has it the wrong way round: the code is the text and the sentence the type. */
const nobodyKnown = () => {
  const [error, errorType] = ['invalid-user-invite-list', 'Cannot invite if no users are provided'];
  return new ApiError(400, { success: false, error, errorType }, errorType, error);
};

const invite =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    const { named, users } = namedUsers(call);
    if (!named) throw nobodyNamed(kind);
    if (users.length === 0) throw kind.type === 'c' ? nobodyKnown() : nobodyNamed(kind);
    if (!mayInvite(call, room)) throw notAllowed('addUsersToRoom');
    for (const user of users) addMember(call.chat, room, user, { by: call.user, announced: true });
    return one(call, kind, room);
  };

const kick =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    const user = namedUser(call);
    if (!user) throw coded('error-invalid-user', 'The required "userId" or "username" param provided is not a user');
    if (!hasPermission(call.chat.state, call.user, 'remove-user', room._id)) throw notAllowed('removeUserFromRoom');
    if (!isMember(call.chat, room, user)) throw coded('error-user-not-in-room', 'User is not in this room');
    removeMember(call.chat, room, user, call.user);
    return one(call, kind, room);
  };

const leave =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    if (!isMember(call.chat, room, call.user)) throw coded('error-user-not-in-room', 'You are not in this room');
    const owners = call.chat.state.subscriptions.by('room', room._id).filter(({ roles }) => roles.includes('owner'));
    if (owners.length === 1 && owners[0]?.uid === call.user._id)
      throw coded('error-you-are-last-owner', 'You are the last owner. Please set new owner before leaving the room.');
    removeMember(call.chat, room, call.user);
    return one(call, kind, room);
  };

const members =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const { chat, query, user } = call;
    const room = demandRoom(call, kind);
    const inside = chat.state.subscriptions.by('room', room._id).flatMap(({ uid }) => chat.state.users.get(uid) ?? []);
    return paged(
      'members',
      page(chat, query, inside, (member) => viewUser(chat, member, user)),
    );
  };

const remove =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    if (room._id === 'GENERAL') throw coded('error-delete-protected-room', 'The room can not be deleted');
    if (!hasPermission(call.chat.state, call.user, kind.deletePermission, room._id)) throw notAllowed('eraseRoom');
    const shown = one(call, kind, room);
    deleteRoom(call.chat, room);
    return shown;
  };

export const familyRoutes = (kind: RoomKind): readonly Route[] => {
  const { family } = kind;
  return [
    { method: 'POST', path: `${family}.create`, run: create(kind) },
    { method: 'GET', path: `${family}.info`, run: (call) => one(call, kind, demandRoom(call, kind)) },
    { method: 'GET', path: `${family}.list`, run: list(kind) },
    { method: 'POST', path: `${family}.invite`, run: invite(kind) },
    { method: 'POST', path: `${family}.kick`, run: kick(kind) },
    { method: 'POST', path: `${family}.leave`, run: leave(kind) },
    { method: 'GET', path: `${family}.members`, run: members(kind) },
    { method: 'POST', path: `${family}.delete`, run: remove(kind) },
  ];
};

/** Changing a channel or group: topic, name, read-only, archive, roles inside. */
import { coded, plain } from '../api-error.ts';
import type { RoomDoc } from '../documents.ts';
import { setRoomRole, subscriptionOf } from '../domain/members.ts';
import { postSystemMessage } from '../domain/messages.ts';
import { changeRoom, checkRoomName, viewRoom } from '../domain/rooms.ts';
import { hasPermission } from '../permissions.ts';
import { demandRoom, namedUser, type RoomKind } from './room-lookup.ts';
import { type Call, type Fields, type Route, text } from './route.ts';

const demandRight = (call: Call, room: RoomDoc, permission: string): void => {
  if (!hasPermission(call.chat.state, call.user, permission, room._id))
    throw coded('error-action-not-allowed', 'Action not allowed', {
      method: 'saveRoomSettings',
      action: 'Editing_room',
    });
};

const textRoute = (kind: RoomKind, suffix: string, key: string, systemMessage: string): Route => ({
  method: 'POST',
  path: `${kind.family}.${suffix}`,
  run: (call) => {
    const value = text(call.body[key]);
    if (value === undefined) throw plain(`The bodyParam "${key}" is required`);
    const room = demandRoom(call, kind);
    demandRight(call, room, 'edit-room');
    const changed = changeRoom(call.chat, room, { extra: { ...room.extra, [key]: value } });
    postSystemMessage(call.chat, changed, call.user, systemMessage, value);
    return { [key]: value };
  },
});

const rename =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const name = text(call.body.name)?.trim() ?? '';
    if (name === '') throw plain('The bodyParam "name" is required');
    const room = demandRoom(call, kind);
    if (room.name === name) throw plain('The channel name is the same as what it would be renamed to.');
    demandRight(call, room, 'edit-room');
    checkRoomName(call.chat, name, room);
    const changed = changeRoom(call.chat, room, { name, fname: name });
    postSystemMessage(call.chat, changed, call.user, 'r', name);
    return { [kind.one]: viewRoom(call.chat, call.chat.state.rooms.get(room._id) ?? changed) };
  };

const setReadOnly =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    if (typeof call.body.readOnly !== 'boolean') throw plain('The bodyParam "readOnly" is required');
    const room = demandRoom(call, kind);
    if (room.ro === call.body.readOnly)
      throw plain('The channel read only setting is the same as what it would be changed to.');
    demandRight(call, room, 'set-readonly');
    return { [kind.one]: viewRoom(call.chat, changeRoom(call.chat, room, { ro: call.body.readOnly })) };
  };

const setArchived =
  (kind: RoomKind, archived: boolean) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    if (!archived && !room.archived) throw plain(`The channel, ${room.name}, is not archived`);
    if (!hasPermission(call.chat.state, call.user, archived ? 'archive-room' : 'unarchive-room', room._id))
      throw coded('error-not-authorized', 'Not authorized');
    changeRoom(call.chat, room, { archived });
    postSystemMessage(call.chat, room, call.user, archived ? 'room-archived' : 'room-unarchived', '');
    return {};
  };

const roleRoute = (kind: RoomKind, verb: 'add' | 'remove', role: 'Owner' | 'Moderator' | 'Leader'): Route => ({
  method: 'POST',
  path: `${kind.family}.${verb}${role}`,
  run: (call) => {
    const room = demandRoom(call, kind);
    const user = namedUser(call);
    if (!user) throw coded('error-invalid-user', 'The required "userId" or "username" param provided is not a user');
    const name = role.toLowerCase();
    if (!hasPermission(call.chat.state, call.user, `set-${name}`, room._id))
      throw coded('error-not-allowed', 'Not allowed', { method: `${verb}Room${role}` });
    const entry = subscriptionOf(call.chat, room, user);
    if (!entry) throw coded('error-user-not-in-room', 'User is not in this room');
    if (entry.roles.includes(name) === (verb === 'add'))
      throw verb === 'add'
        ? coded(`error-user-already-${name}`, `User is already ${name}`)
        : coded(`error-user-not-${name}`, `User is not ${name}`);
    setRoomRole(call.chat, entry, name, verb === 'add');
    return {};
  },
});

const rolesInside =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    const roles = call.chat.state.subscriptions
      .by('room', room._id)
      .filter((entry) => entry.roles.length > 0)
      .map((entry) => {
        const user = call.chat.state.users.get(entry.uid);
        const u = { _id: entry.uid, username: user?.username, name: user?.name };
        return { _id: entry._id, rid: entry.rid, u, roles: entry.roles };
      });
    return { roles };
  };

const moderators =
  (kind: RoomKind) =>
  (call: Call): Fields => {
    const room = demandRoom(call, kind);
    const found = call.chat.state.subscriptions
      .by('room', room._id)
      .filter(({ roles }) => roles.includes('moderator'))
      .map(({ uid }) => {
        const user = call.chat.state.users.get(uid);
        return { _id: uid, username: user?.username, name: user?.name };
      });
    return { moderators: found };
  };

export const roomChangeRoutes = (kind: RoomKind): readonly Route[] => [
  textRoute(kind, 'setTopic', 'topic', 'room_changed_topic'),
  textRoute(kind, 'setDescription', 'description', 'room_changed_description'),
  textRoute(kind, 'setAnnouncement', 'announcement', 'room_changed_announcement'),
  { method: 'POST', path: `${kind.family}.rename`, run: rename(kind) },
  { method: 'POST', path: `${kind.family}.setReadOnly`, run: setReadOnly(kind) },
  { method: 'POST', path: `${kind.family}.archive`, run: setArchived(kind, true) },
  { method: 'POST', path: `${kind.family}.unarchive`, run: setArchived(kind, false) },
  ...(['Owner', 'Moderator', 'Leader'] as const).flatMap((role) => [
    roleRoute(kind, 'add', role),
    roleRoute(kind, 'remove', role),
  ]),
  { method: 'GET', path: `${kind.family}.roles`, run: rolesInside(kind) },
  { method: 'GET', path: `${kind.family}.moderators`, run: moderators(kind) },
];

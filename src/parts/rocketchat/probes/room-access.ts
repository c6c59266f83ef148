/** What an account may do in a room: one line against it, or undefined. */
import type { ChatRoom, ChatUser, RocketChatSession } from '../rocketchat.ts';

export type RoomAccess = 'see' | 'read' | 'post';

/** Roles that hold post-readonly by default: `admin` everywhere, `owner` and `moderator` of the room. */
const mayPostReadOnly = (me: ChatUser, roles: readonly string[]): boolean =>
  me.roles.includes('admin') || roles.includes('owner') || roles.includes('moderator');

const membership = async (session: RocketChatSession, room: ChatRoom, me: ChatUser, signal: AbortSignal) => {
  if (me.rooms !== undefined) {
    const own = me.rooms.find(({ id }) => id === room.id);
    return { inside: own !== undefined, roles: own?.roles ?? [] };
  }
  return { inside: (await session.members(room, signal)).includes(me.username), roles: [] };
};

export const whyNoAccess = async (
  session: RocketChatSession,
  me: ChatUser,
  name: string,
  may: RoomAccess,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const room = await session.room(name, signal);
  if (room === undefined) return `${me.username} sees no room ${name}`;
  if (may === 'see') return undefined;
  const { inside, roles } = await membership(session, room, me, signal);
  if (!inside && (may === 'post' || room.kind === 'private')) return `${me.username} is not in ${name}`;
  if (may === 'read') return undefined;
  if (room.archived) return `${name} is archived`;
  if (room.muted.includes(me.username)) return `${me.username} is muted in ${name}`;
  if (room.readOnly && !mayPostReadOnly(me, roles)) {
    return `${name} is read-only and ${me.username} is neither owner nor moderator there`;
  }
  return undefined;
};

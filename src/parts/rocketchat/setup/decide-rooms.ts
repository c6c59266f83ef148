import type { Conflict } from '../../../contracts/job.ts';
import { ofOtherStack, stackMarkedIn } from '../../../stack/names.ts';
import type { SetupChange } from './change.ts';
import type { PartDecision } from './part-decision.ts';
import type { Seen, SeenRoom } from './seen.ts';
import { GENERAL_ID, type Wanted, type WantedRoom } from './wanted.ts';

/** Who can be invited: accounts that are there, or will be when the changes before this one are made. */
const unknownMembers = (room: WantedRoom, wanted: Wanted, seen: Seen): Conflict[] => {
  const known = new Set([wanted.admin, ...[...wanted.users, ...seen.users].map(({ username }) => username)]);
  return room.members
    .filter((member) => !known.has(member))
    .map((member) => ({
      resource: 'membership',
      name: `${member} in ${room.name}`,
      why: `there is no account ${member}; the server would leave it out without a word`,
      next: `add ${member} to chat.users in chatops.yaml, or take it out of the members of ${room.name}`,
    }));
};

const create = (room: WantedRoom, { mark, admin }: Wanted): SetupChange => {
  // The caller of the create call is inside anyway, and owner: only so can it invite others later.
  const members = room.members.filter((member) => member !== admin);
  return {
    action: 'create',
    resource: 'room',
    name: room.name,
    cause: `there is no room ${room.name}`,
    step: { kind: 'room', room: { ...room, members, mark } },
  };
};

const conflictOf = (room: WantedRoom, seen: SeenRoom, mark: string): Conflict | undefined => {
  const conflict = (why: string, next: string): Conflict => ({ resource: 'room', name: room.name, why, next });
  const rename = `rename one of the two: the room in Rocket.Chat, or ours in chatops.yaml`;
  if (seen.id !== GENERAL_ID && seen.mark !== mark) {
    const other = stackMarkedIn(seen.mark ?? '');
    if (other !== undefined) return { resource: 'room', name: room.name, ...ofOtherStack(other) };
    const kind = seen.kind === 'private' ? 'private room' : 'channel';
    const article = seen.archived ? 'an archived' : 'a';
    return conflict(`${article} ${kind} of this name was made by hand (it does not bear our mark)`, rename);
  }
  if (seen.archived) return conflict('the room is archived', 'unarchive it in Rocket.Chat, or take it out');
  if (seen.kind !== room.kind) {
    return conflict(
      `it is a ${seen.kind === 'private' ? 'private room' : 'channel'}, wanted a ${room.kind === 'private' ? 'private room' : 'channel'}`,
      'change its kind in Rocket.Chat (room → edit → private), or in chatops.yaml',
    );
  }
  return undefined;
};

/** Accounts made in this run enter the server's default room by themselves. */
const arrivesByItself = (member: string, room: SeenRoom, wanted: Wanted, seen: Seen): boolean =>
  room.id === GENERAL_ID &&
  member !== wanted.bot &&
  wanted.users.some(({ username }) => username === member) &&
  !seen.users.some(({ username }) => username === member);

const memberships = (room: WantedRoom, found: SeenRoom, wanted: Wanted, seen: Seen): SetupChange[] => {
  const inside = new Set(found.members);
  const missing = room.members.filter((member) => !inside.has(member) && !arrivesByItself(member, found, wanted, seen));
  if (missing.length === 0) return [];
  return [
    {
      action: 'create',
      resource: 'membership',
      name: `${missing.join(', ')} in ${room.name}`,
      cause: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not inside`,
      step: { kind: 'membership', room: found, usernames: missing },
    },
  ];
};

const readOnly = (room: WantedRoom, found: SeenRoom): SetupChange[] => {
  // The server's own room is used, not shaped.
  if (found.readOnly === room.readOnly || found.id === GENERAL_ID) return [];
  return [
    {
      action: 'update',
      resource: 'room',
      name: room.name,
      cause: `is ${found.readOnly ? 'read-only' : 'writable'}, wanted ${room.readOnly ? 'read-only' : 'writable'}`,
      step: { kind: 'read-only', room: found, readOnly: room.readOnly },
    },
  ];
};

/** In a read-only room only owners and moderators may post (permission post-readonly). */
const moderator = (room: WantedRoom, found: SeenRoom, { bot }: Wanted, seen: Seen): SetupChange[] => {
  const account = seen.users.find(({ username }) => username === bot);
  const needed = room.readOnly && found.id !== GENERAL_ID && room.members.includes(bot);
  // A moderator has to be a member first: until then the next look decides it.
  if (!needed || found.botMayModerate || account === undefined || !found.members.includes(bot)) return [];
  return [
    {
      action: 'update',
      resource: 'membership',
      name: `${bot} in ${room.name} (moderator)`,
      cause: `${room.name} is read-only and ${bot} must be able to post there`,
      step: { kind: 'moderator', room: found, userId: account.id },
    },
  ];
};

const decideRoom = (room: WantedRoom, wanted: Wanted, seen: Seen): PartDecision => {
  const unknown = unknownMembers(room, wanted, seen);
  const found = seen.rooms.find(({ name }) => name === room.name);
  if (found === undefined) return { changes: [create(room, wanted)], conflicts: unknown, warnings: [] };
  const conflict = conflictOf(room, found, wanted.mark);
  if (conflict) return { changes: [], conflicts: [conflict, ...unknown], warnings: [] };
  return {
    changes: [
      ...readOnly(room, found),
      ...memberships(room, found, wanted, seen),
      ...moderator(room, found, wanted, seen),
    ],
    conflicts: unknown,
    warnings: [],
  };
};

export const decideRooms = (wanted: Wanted, seen: Seen): PartDecision => {
  const parts = wanted.rooms.map((room) => decideRoom(room, wanted, seen));
  return {
    changes: parts.flatMap(({ changes }) => changes),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
};

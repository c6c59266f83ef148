import type { RequestKind } from '../../kit/ledger.ts';
import { ApiError, coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { RoomDoc, UserDoc } from '../documents.ts';
import { findRoom } from '../domain/find-room.ts';
import { login, readCredentials } from '../domain/login.ts';
import { addMember, removeMember, viewSubscription } from '../domain/members.ts';
import { postMessage } from '../domain/messages.ts';
import { canRead, isMember, openDirectRoom, viewRoom } from '../domain/rooms.ts';
import type { Session } from '../domain/tokens.ts';
import { findUser } from '../domain/users.ts';
import { hasPermission } from '../permissions.ts';
import { streamMessage } from './frames.ts';
import { LoginRefused } from './login-refused.ts';

export interface MethodContext {
  readonly chat: Chat;
  readonly address: string;
  session(): Session | undefined;
  /** The token this connection speaks with from now on; undefined: logged out. */
  become(token: string | undefined): void;
}

type Params = readonly unknown[];
interface Method {
  readonly kind: RequestKind;
  readonly run: (context: MethodContext, params: Params) => unknown;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const demandUser = ({ session }: MethodContext): UserDoc => {
  const found = session();
  if (!found) throw coded('error-invalid-user', 'Invalid user');
  return found.user;
};

const demandRoom = (context: MethodContext, idOrName: string): RoomDoc => {
  const user = demandUser(context);
  const room = findRoom(context.chat, idOrName.replace(/^#/, ''));
  if (!room || !canRead(context.chat, room, user)) throw coded('error-not-allowed', 'Not allowed');
  return room;
};

const logIn = (context: MethodContext, [given]: Params): unknown => {
  const wrapped = record(record(given).totp);
  const inner = Object.keys(wrapped).length > 0 ? { ...record(wrapped.login), code: wrapped.code } : record(given);
  try {
    const { user, token, expiresAt } = login(context.chat, readCredentials(inner), context.address);
    context.become(token);
    const type = inner.resume === undefined ? 'password' : 'resume';
    return { id: user._id, token, tokenExpires: { $date: Math.round(expiresAt) }, type };
  } catch (thrown) {
    if (thrown instanceof ApiError) throw new LoginRefused(thrown);
    throw thrown;
  }
};

const logOut = (context: MethodContext): undefined => {
  const session = context.session();
  if (session) context.chat.state.tokens.remove(session.token.hash);
  context.become(undefined);
  return undefined;
};

const send = (context: MethodContext, [given]: Params): unknown => {
  const user = demandUser(context);
  // Thrown without a code there, which Meteor shows to no client.
  if (context.chat.airGap.restricted()) throw new Error('restricted-workspace');
  const message = record(given);
  const room = demandRoom(context, text(message.rid));
  const [id, tmid] = [text(message._id), text(message.tmid)];
  if (id !== '' && context.chat.state.messages.get(id))
    throw coded('error-message-already-exists', 'Message id is taken');
  if (message.alias !== undefined && !hasPermission(context.chat.state, user, 'message-impersonate'))
    throw coded('error-action-not-allowed', 'Not enough permission');
  const stored = postMessage(context.chat, room, user, {
    msg: text(message.msg),
    ...(id === '' ? {} : { id }),
    ...(tmid === '' ? {} : { tmid }),
    extra: Object.fromEntries(
      ['alias', 'avatar', 'emoji', 'attachments', 'bot', 'groupable']
        .filter((key) => message[key] !== undefined)
        .map((key) => [key, message[key]]),
    ),
  });
  return streamMessage(stored);
};

const join = (context: MethodContext, [rid]: Params): unknown => {
  const user = demandUser(context);
  const room = findRoom(context.chat, text(rid));
  if (!room) throw coded('error-invalid-room', 'Invalid room', { method: 'joinRoom' });
  if (isMember(context.chat, room, user)) return true;
  if (room.t !== 'c' || !hasPermission(context.chat.state, user, 'view-c-room'))
    throw coded('error-not-allowed', 'Not allowed', { method: 'joinRoom' });
  return addMember(context.chat, room, user, { announced: true });
};

const leave = (context: MethodContext, [rid]: Params): undefined => {
  const user = demandUser(context);
  const room = findRoom(context.chat, text(rid));
  if (!room) throw coded('error-invalid-room', 'Invalid room', { method: 'leaveRoom' });
  if (!isMember(context.chat, room, user)) throw coded('error-user-not-in-room', 'You are not in this room');
  removeMember(context.chat, room, user);
  return undefined;
};

const directWith = (context: MethodContext, [name]: Params): unknown => {
  const user = demandUser(context);
  const other = findUser(context.chat, text(name));
  if (!other) throw coded('error-invalid-user', 'Invalid user', { method: 'createDirectMessage' });
  const room = openDirectRoom(context.chat, other._id === user._id ? [user] : [user, other]);
  return { t: 'd', rid: room._id };
};

const mine = (context: MethodContext) => context.chat.state.subscriptions.by('user', demandUser(context)._id);

/** All; or, asked with a date (EJSON), what has changed since then (RC:server/publications/{room,subscription}). */
const changedSince = <T>(
  all: readonly T[],
  since: unknown,
  at: (one: T) => string,
  view: (one: T) => unknown,
): unknown => {
  const { $date: date } = { ...(since as { readonly $date?: unknown } | undefined) };
  if (typeof date !== 'number') return all.map(view);
  return { update: all.filter((one) => Date.parse(at(one)) > date).map(view), remove: [] };
};

const METHODS: Readonly<Record<string, Method>> = {
  login: { kind: 'session', run: logIn },
  logout: { kind: 'session', run: logOut },
  sendMessage: { kind: 'write', run: send },
  joinRoom: { kind: 'write', run: join },
  leaveRoom: { kind: 'write', run: leave },
  createDirectMessage: { kind: 'write', run: directWith },
  getRoomIdByNameOrId: { kind: 'read', run: (context, [name]) => demandRoom(context, text(name))._id },
  getRoomNameById: { kind: 'read', run: (context, [rid]) => demandRoom(context, text(rid)).name },
  'rooms/get': {
    kind: 'read',
    run: (context, [since]) => {
      const rooms = mine(context).flatMap(({ rid }) => context.chat.state.rooms.get(rid) ?? []);
      return changedSince(
        rooms,
        since,
        (room) => room._updatedAt,
        (room) => viewRoom(context.chat, room),
      );
    },
  },
  'subscriptions/get': {
    kind: 'read',
    run: (context, [since]) =>
      changedSince(
        mine(context),
        since,
        (entry) => entry.ts,
        (entry) => viewSubscription(context.chat, entry),
      ),
  },
  'UserPresence:setDefaultStatus': { kind: 'session', run: () => undefined },
  'UserPresence:online': { kind: 'session', run: () => undefined },
  'UserPresence:away': { kind: 'session', run: () => undefined },
};

const find = (name: string): Method | undefined => (Object.hasOwn(METHODS, name) ? METHODS[name] : undefined);

/** Unknown methods count as writes: nobody can say what they would have done. */
export const methodKind = (name: string): RequestKind => find(name)?.kind ?? 'write';

/** @throws ApiError, LoginRefused */
export const callMethod = (context: MethodContext, name: string, params: Params): unknown => {
  const method = find(name);
  if (!method) throw new ApiError(404, {}, `Method '${name}' not found`, '404');
  return method.run(context, params);
};

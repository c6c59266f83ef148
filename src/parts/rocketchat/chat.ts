/** Rocket.Chat as a chat. */
import { baseUrl } from '../../contracts/addresses.ts';
import type { ChatOf, ChatSession, Room } from '../../contracts/chat.ts';
import type { Credentials } from '../../contracts/credentials.ts';
import type { Ports } from '../../contracts/ports.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { whoAmI } from './probes/chat-session.ts';
import { whyNoAccess } from './probes/room-access.ts';
import { type ChatRoom, ROCKETCHAT, type RocketChatPort, type RocketChatSession } from './rocketchat.ts';

type Clients = Pick<Ports, 'client' | 'addresses'>;

const sessionOf = (
  session: RocketChatSession,
  connect: (signal: AbortSignal) => ReturnType<RocketChatPort['connectBot']>,
): ChatSession => {
  /** Its API reads channels and private rooms at different addresses. */
  const seen = new Map<string, ChatRoom>();
  const read = async (name: string, signal: AbortSignal): Promise<ChatRoom | undefined> => {
    const room = await session.room(name, signal);
    if (room) seen.set(room.id, room);
    return room;
  };
  const known = async ({ id, name }: Room, signal: AbortSignal): Promise<ChatRoom> => {
    const room = seen.get(id) ?? (await read(name, signal));
    if (room?.id === id) return room;
    throw new ChatopsError('JOB_FAILED', { what: `${session.username} sees room ${name} no more` });
  };
  return {
    me: { id: session.userId, name: session.username },
    room: read,
    whyMayNotPost: async (rooms, signal) => {
      const me = await whoAmI(session, signal);
      for (const room of rooms) {
        const why = await whyNoAccess(session, me, room, 'post', signal);
        if (why !== undefined) return why;
      }
      return undefined;
    },
    post: (roomId, text, signal) => session.post(roomId, text, signal),
    message: (id, signal) => session.message(id, signal),
    latest: async (room, count, signal) => session.latestMessages(await known(room, signal), count, signal),
    delete: (message, signal) => session.deleteMessage(message, signal),
    listen: async (listener, signal) => {
      const connection = await connect(signal);
      connection.listen(listener);
      return connection;
    },
  };
};

export const createChatOf =
  ({ client, addresses }: Clients): ChatOf =>
  (target) => ({
    webSocketPath: '/websocket',
    login: async (credentials: Credentials, signal) => {
      const base = baseUrl(addresses, target);
      const session = await client(ROCKETCHAT).login(base, credentials, signal);
      return sessionOf(session, (stop) => client(ROCKETCHAT).connectBot(base, credentials, stop));
    },
  });

/** Mattermost as a chat. */
import { baseUrl } from '../../contracts/addresses.ts';
import type { ChatOf, ChatSession } from '../../contracts/chat.ts';
import type { Ports } from '../../contracts/ports.ts';
import { MATTERMOST, type MattermostSession } from './mattermost.ts';

type Clients = Pick<Ports, 'client' | 'addresses'>;

const whyNot = async (session: MattermostSession, room: string, signal: AbortSignal): Promise<string | undefined> => {
  const channel = await session.channel(room, signal);
  if (channel === undefined) return `${session.me.name} sees no channel ${room}`;
  return (await session.isMember(channel.id, signal)) ? undefined : `${session.me.name} is no member of ${room}`;
};

const sessionOf = (session: MattermostSession): ChatSession => ({
  me: session.me,
  room: (name, signal) => session.channel(name, signal),
  whyMayNotPost: async (rooms, signal) => {
    for (const room of rooms) {
      const why = await whyNot(session, room, signal);
      if (why !== undefined) return why;
    }
    return undefined;
  },
  post: (roomId, text, signal) => session.post(roomId, text, signal),
  message: (id, signal) => session.message(id, signal),
  latest: ({ id }, count, signal) => session.latest(id, count, signal),
  delete: ({ id }, signal) => session.delete(id, signal),
  listen: (listener, signal) => session.listen(listener, signal),
});

export const createChatOf =
  ({ client, addresses }: Clients): ChatOf =>
  (target) => ({
    webSocketPath: '/api/v4/websocket',
    login: async (credentials, signal) =>
      sessionOf(await client(MATTERMOST).login(baseUrl(addresses, target), credentials, signal)),
  });

/** Chats that keep the contract, each over real sockets with one account, its rooms, and somebody else who talks there. */
import { addPerson } from '@chatops-up/standins/internal/mattermost/people';
import { createClock } from '../../../src/adapters/clock.ts';
import { createHttp } from '../../../src/adapters/http.ts';
import type { Chat } from '../../../src/contracts/chat.ts';
import type { Credentials } from '../../../src/contracts/credentials.ts';
import { clientsOf, provide } from '../../../src/contracts/ports.ts';
import { createChatOf as createMattermostOf } from '../../../src/parts/mattermost/chat.ts';
import { createMattermost } from '../../../src/parts/mattermost/client/mattermost.ts';
import { MATTERMOST } from '../../../src/parts/mattermost/mattermost.ts';
import { createChatOf } from '../../../src/parts/rocketchat/chat.ts';
import { connectBot } from '../../../src/parts/rocketchat/client/bot.ts';
import { createRocketChat } from '../../../src/parts/rocketchat/client/rocketchat.ts';
import { ROCKETCHAT } from '../../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../../src/values/secret.ts';
import { startMattermost } from '../../standins/mattermost/start-mattermost.ts';
import { startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';

export interface ChatWorld {
  readonly url: string;
  readonly chat: Chat;
  readonly credentials: Credentials;
  /** Rooms the account is in, one of each kind that the chat knows. */
  readonly rooms: readonly [string, ...string[]];
  /** A room that it may see and is not in. */
  readonly foreign: string;
  /** Somebody else posts there. */
  say(room: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

const addresses = {
  resolve: ({ service, port }: { readonly service: string; readonly port: number }) => ({ host: service, port }),
};

const onRocketChat = async (): Promise<ChatWorld> => {
  const standin = await startRocketChat();
  const { password } = await standin.user('hubot', ['user', 'bot']);
  const ids = new Map<string, string>();
  const make = async (what: 'channels' | 'groups', name: string, members: readonly string[]): Promise<void> => {
    const { body } = await standin.post(`${what}.create`, { name, members });
    ids.set(name, (body.channel ?? body.group)._id);
  };
  await make('channels', 'ops', ['hubot']);
  await make('groups', 'board', ['hubot']);
  await make('channels', 'others', []);
  const rocketchat = createRocketChat({
    http: createHttp(),
    clock: createClock(),
    report: () => undefined,
    connectBot,
  });
  return {
    url: standin.url,
    chat: createChatOf({ client: clientsOf([provide(ROCKETCHAT, rocketchat)]), addresses })({
      kind: 'url',
      url: standin.url,
    }),
    credentials: { username: 'hubot', password: new Secret(password), passwordName: 'BOT_PASSWORD' },
    rooms: ['ops', 'board'],
    foreign: 'others',
    say: async (room, text) => {
      const { status } = await standin.post('chat.postMessage', { roomId: ids.get(room), text });
      if (status !== 200) throw new Error(`nobody could speak in ${room}`);
    },
    stop: () => standin.stop(),
  };
};

const onMattermost = async (): Promise<ChatWorld> => {
  const { url, world, stop } = await startMattermost({ MATTERMOST_STANDIN_CHANNELS: 'ops' });
  const password = 'a-password-of-hubot';
  const rooms = [{ name: 'ops' }, { name: 'board', type: 'P' }] as const;
  addPerson(world, { username: 'hubot', password, channels: rooms });
  addPerson(world, { username: 'alice', password: 'a-password-of-alice', channels: rooms });
  const chat = createMattermostOf({
    client: clientsOf([provide(MATTERMOST, createMattermost(createHttp(), createClock()))]),
    addresses,
  })({ kind: 'url', url });
  const { signal } = new AbortController();
  const other = { username: 'alice', password: new Secret('a-password-of-alice'), passwordName: 'ALICE_PASSWORD' };
  return {
    url,
    chat,
    credentials: { username: 'hubot', password: new Secret(password), passwordName: 'BOT_PASSWORD' },
    rooms: ['ops', 'board'],
    foreign: 'closed',
    say: async (name, text) => {
      const alice = await chat.login(other, signal);
      const room = await alice.room(name, signal);
      if (!room) throw new Error(`nobody could speak in ${name}`);
      await alice.post(room.id, text, signal);
    },
    stop,
  };
};

export const CHATS: readonly (readonly [name: string, start: () => Promise<ChatWorld>])[] = [
  ['Rocket.Chat', onRocketChat],
  ['Mattermost', onMattermost],
];

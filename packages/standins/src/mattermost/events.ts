/** `/api/v4/websocket` (server/channels/api4/websocket.go, app/platform/web_conn.go): who is known hears of posts in channels of theirs. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Faults } from '../kit/faults.ts';
import { afterReal } from '../kit/real-time.ts';
import { callerOf, userEntity } from './people.ts';
import { type Channel, newId, type Post, type World } from './world.ts';

const PATH = '/api/v4/websocket';
/** After which a connection that has not said who it is ends. */
const CHALLENGE_WITHIN_MS = 5_000;
const FRAME_LIMIT_BYTES = 8_192;

export interface Events {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Challenge {
  readonly seq?: unknown;
  readonly action?: unknown;
  readonly data?: { readonly token?: unknown };
}

const frameOf = (text: string): Challenge => {
  try {
    return (JSON.parse(text) ?? {}) as Challenge;
  } catch {
    return {};
  }
};

const broadcast = (over: Readonly<Record<string, unknown>> = {}) => ({
  ...{ omit_users: null, user_id: '', channel_id: '', team_id: '' },
  ...{ connection_id: '', omit_connection_id: '' },
  ...over,
});

const serve = (world: World, socket: WebSocket, known: string | undefined): void => {
  let seq = 0;
  const emit = (event: string, data: object, to: object = {}): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ event, data, broadcast: broadcast({ ...to }), seq }));
    seq += 1;
  };
  const hear = (caller: string) => (post: Post, channel: Channel) => {
    if (!channel.members.has(caller)) return;
    const data = {
      ...{ channel_display_name: channel.display_name, channel_name: channel.name, channel_type: channel.type },
      // Read twice: it is text in a text.
      ...{ post: JSON.stringify(post), sender_name: `@${userEntity(world, post.user_id).username}` },
      ...{ set_online: true, team_id: channel.team_id },
    };
    emit('posted', data, { channel_id: channel.id });
  };
  const begin = (caller: string): void => {
    const listener = hear(caller);
    world.listeners.add(listener);
    socket.once('close', () => world.listeners.delete(listener));
    emit(
      'hello',
      { connection_id: newId(), server_version: '11.7.0', server_hostname: 'stand-in' },
      { user_id: caller },
    );
  };
  // 'close' follows.
  socket.on('error', () => undefined);
  if (known !== undefined) return void begin(known);
  let isKnown = false;
  afterReal(CHALLENGE_WITHIN_MS, () => {
    if (!isKnown) socket.close();
  });
  socket.on('message', (bytes) => {
    const { seq: asked, action, data } = frameOf(bytes.toString());
    if (isKnown || action !== 'authentication_challenge') return;
    const caller = callerOf(world, { authorization: `Bearer ${String(data?.token)}` });
    // Without a word.
    if (caller === undefined) return socket.close();
    isKnown = true;
    socket.send(JSON.stringify({ status: 'OK', seq_reply: asked }));
    begin(caller);
  });
};

export const createEvents = (world: World, faults: Faults): Events => {
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT_BYTES });
  return {
    upgrade: (request, socket, head) => {
      const [path = ''] = (request.url ?? '').split('?');
      const fault = faults.take(`GET ${path}`)?.effect;
      if (path !== PATH || fault?.kind === 'reset') return void socket.destroy();
      const { authorization } = request.headers;
      const caller = callerOf(world, authorization === undefined ? {} : { authorization });
      server.handleUpgrade(request, socket, head, (one) => serve(world, one, caller));
    },
    close: () => {
      for (const client of server.clients) client.terminate();
    },
  };
};

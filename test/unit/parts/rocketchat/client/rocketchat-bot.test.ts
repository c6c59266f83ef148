import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { connectBot } from '../../../../../src/parts/rocketchat/client/bot.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { startScriptedHttp } from '../../../../fakes/scripted-http.ts';

type Frame = Readonly<Record<string, unknown>> & { readonly msg: string };
const SESSION = { userId: 'u1', authToken: new Secret('token-1') };
const signal = new AbortController().signal;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

interface Realtime {
  readonly base: string;
  readonly frames: Frame[];
  /** Resolves when all connections are gone. */
  allClosed(): Promise<void>;
}

/** A DDP server that answers each frame as `reply` says: with frames, or by closing the connection. */
const serving = async (reply: (frame: Frame, socket: WebSocket) => readonly Frame[]): Promise<Realtime> => {
  const frames: Frame[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/websocket' });
  const closed: Promise<void>[] = [];
  server.on('connection', (socket) => {
    closed.push(new Promise((resolve) => socket.on('close', () => resolve())));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      frames.push(frame);
      for (const answer of reply(frame, socket)) socket.send(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.on('listening', resolve));
  ends.push(
    () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  );
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames,
    allClosed: async () => void (await Promise.all(closed)),
  };
};
const message = (msg: string): Frame => ({
  msg: 'changed',
  collection: 'stream-room-messages',
  id: 'id',
  fields: { eventName: '__my_messages__', args: [{ _id: 'm1', rid: 'r1', msg }, {}] },
});
/** As Rocket.Chat does: the reference's table of frames. */
const politely = (frame: Frame): readonly Frame[] => {
  if (frame.msg === 'connect') return [{ msg: 'connected', session: 's1' }];
  if (frame.msg === 'method')
    return [
      { msg: 'result', id: frame.id, result: { id: 'u1', token: 'token-1' } },
      { msg: 'updated', methods: [frame.id] },
    ];
  return frame.msg === 'sub' ? [{ msg: 'ready', subs: [frame.id] }] : [];
};

describe('the realtime session of a bot', () => {
  it('is opened on the token of the REST login and asks the library for no room', async () => {
    const server = await serving(politely);
    const bot = await connectBot(server.base, SESSION, signal);
    await bot.close();
    expect(server.frames.map(({ msg, method, params, name }) => ({ msg, method, params, name }))).toMatchObject([
      { msg: 'connect' },
      { msg: 'method', method: 'login', params: [{ resume: 'token-1' }] },
      { msg: 'sub', name: 'stream-room-messages', params: ['__my_messages__', expect.anything()] },
    ]);
    await server.allClosed();
  });

  it('hears messages that come later and those that came before anybody asked', async () => {
    let socket: WebSocket | undefined;
    const server = await serving((frame, from) => {
      socket = from;
      return politely(frame);
    });
    const bot = await connectBot(server.base, SESSION, signal);
    const later = bot.received('second', signal);
    socket?.send(JSON.stringify(message('first')));
    socket?.send(JSON.stringify(message('second')));
    await later;
    await expect(bot.received('first', signal)).resolves.toBeUndefined();
    await bot.close();
  });

  it('stops listening when the caller gives up', async () => {
    const server = await serving(politely);
    const bot = await connectBot(server.base, SESSION, signal);
    const impatient = new AbortController();
    const waiting = bot.received('never said', impatient.signal);
    impatient.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await bot.close();
  });

  it('is refused with a token the server does not know', async () => {
    const server = await serving((frame) =>
      frame.msg === 'method'
        ? [{ msg: 'result', id: frame.id, error: { error: 403, reason: "You've been logged out by the server." } }]
        : politely(frame),
    );
    await expect(connectBot(server.base, SESSION, signal)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    await server.allClosed();
  });

  it('does not open where nobody listens', async () => {
    const other = await startScriptedHttp(() => undefined);
    await other.close();
    await expect(connectBot(other.base, SESSION, signal)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('leaves no timer behind that would keep the process alive', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const other = await startScriptedHttp(() => undefined);
    await other.close();
    const before = timers();
    await connectBot(other.base, SESSION, signal).catch(() => undefined);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('does not open where the front door drops the upgrade', async () => {
    const other = await startScriptedHttp(() => ({ status: 400 }));
    ends.push(() => other.close());
    await expect(connectBot(other.base, SESSION, signal)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is over when the server closes during the login', async () => {
    const server = await serving((frame, socket) => {
      if (frame.msg !== 'method') return politely(frame);
      socket.close(1001);
      return [];
    });
    await expect(connectBot(server.base, SESSION, signal)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: 'the connection was closed',
    });
  });

  it('ends when the server has gone silent without closing it', async () => {
    const server = await serving(politely);
    const bot = await connectBot(server.base, SESSION, signal, { afterMs: 20, withinMs: 20 });
    await bot.ended;
    expect(server.frames.filter(({ msg }) => msg === 'ping')).toHaveLength(1);
    await server.allClosed();
  });

  it('goes on while the server gives signs of life, and says how long ago the last one was', async () => {
    let pings = 0;
    let enough = (): void => undefined;
    const manyPings = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const server = await serving((frame) => {
      if (frame.msg !== 'ping') return politely(frame);
      pings += 1;
      if (pings === 5) enough();
      return [{ msg: 'pong' }];
    });
    // Long enough for a busy machine to answer in.
    const bot = await connectBot(server.base, SESSION, signal, { afterMs: 5, withinMs: 20_000 });
    await manyPings;
    expect(await Promise.race([bot.ended.then(() => 'ended'), Promise.resolve('goes on')])).toBe('goes on');
    expect(bot.silentMs()).toBeLessThan(20_000);
    await bot.close();
  });

  it('is given up with its caller, also while the server is silent', async () => {
    const server = await serving((frame) => (frame.msg === 'method' ? [] : politely(frame)));
    const impatient = new AbortController();
    const opening = connectBot(server.base, SESSION, impatient.signal);
    setTimeout(() => impatient.abort(new Error('enough')), 20);
    await expect(opening).rejects.toThrow('enough');
    await server.allClosed();
  });
});

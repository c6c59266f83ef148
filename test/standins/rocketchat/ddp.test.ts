import { once } from 'node:events';
import { sha256Hex } from '@chatops-up/standins/internal/rocketchat/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ADMIN_PASSWORD, type Auth, type RunningChat, startRocketChat } from './start-rocketchat.ts';

// biome-ignore lint/suspicious/noExplicitAny: frames have every shape
type Frame = Record<string, any>;

/** A client that is nothing but frames. */
const connect = async (url: string, path = '/websocket') => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
  const frames: Frame[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data) => {
    frames.push(JSON.parse(data.toString()));
    for (const wake of waiting.splice(0)) wake();
  });
  await once(socket, 'open');
  const say = (frame: Frame | string) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  /** The first frame that fits; it is taken out. */
  const next = async (fits: (frame: Frame) => boolean): Promise<Frame> => {
    for (;;) {
      const at = frames.findIndex(fits);
      if (at >= 0) return frames.splice(at, 1)[0] as Frame;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
  };
  let calls = 0;
  const call = (method: string, ...params: unknown[]): Promise<Frame> => {
    const id = `m${++calls}`;
    say({ msg: 'method', method, id, params });
    return next((frame) => frame.msg === 'result' && frame.id === id);
  };
  const subscribe = (event: string, name = 'stream-room-messages'): Promise<Frame> => {
    const id = `s${++calls}`;
    say({ msg: 'sub', id, name, params: [event, { useCollection: false, args: [] }] });
    return next(
      (frame) => (frame.msg === 'ready' && frame.subs[0] === id) || (frame.msg === 'nosub' && frame.id === id),
    );
  };
  const greet = () => {
    say({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] });
    return next((frame) => frame.msg === 'connected');
  };
  return { socket, frames, say, next, call, subscribe, greet, close: () => socket.terminate() };
};

describe('DDP of the Rocket.Chat stand-in', () => {
  let chat: RunningChat;
  let bot: Auth & { readonly password: string };
  let ops: string;
  const open: { close(): void }[] = [];
  const client = async (auth?: Auth) => {
    const made = await connect(chat.url);
    open.push(made);
    await made.greet();
    if (auth) await made.call('login', { resume: auth.authToken });
    return made;
  };

  beforeAll(async () => {
    chat = await startRocketChat({ speed: 200 });
    bot = await chat.user('hubot', ['user', 'bot']);
    ops = (await chat.post('groups.create', { name: 'ops', members: ['hubot'] })).body.group._id;
  });
  afterAll(async () => {
    for (const one of open) one.close();
    await chat.stop();
  });

  it('pings who says nothing, and lets go of who says nothing after that either', async () => {
    const impatient = await startRocketChat({ heartbeatMs: 250 });
    const one = await connect(impatient.url);
    await once(one.socket, 'close');
    await impatient.stop();
    expect(one.frames.map(({ msg }) => msg)).toEqual([undefined, 'ping']);
  });

  it.each([[true], [{ useCollection: true, args: [] }]])(
    'a stream asked for as a collection (%j) begins with a document',
    async (options) => {
      const one = await client(bot);
      one.say({ msg: 'sub', id: 'c', name: 'stream-room-messages', params: [ops, options] });
      const { collection, fields } = await one.next((frame) => frame.msg === 'added');
      expect([collection, fields]).toEqual(['stream-room-messages', { eventName: ops }]);
      await one.next((frame) => frame.msg === 'ready');
    },
  );

  it('greets, answers pings with their id, and refuses another version', async () => {
    const one = await connect(chat.url);
    open.push(one);
    expect((await one.next((frame) => frame.server_id !== undefined)).server_id).toBe('0');
    expect((await one.greet()).session).toMatch(/^\w{17}$/);
    one.say({ msg: 'ping', id: 'p' });
    expect(await one.next((frame) => frame.msg === 'pong')).toEqual({ msg: 'pong', id: 'p' });
    one.say({ msg: 'ping' });
    expect(await one.next((frame) => frame.msg === 'pong')).toEqual({ msg: 'pong' });

    const other = await connect(chat.url, '/sockjs/websocket');
    other.say({ msg: 'connect', version: 'pre1', support: ['pre1'] });
    expect(await other.next((frame) => frame.msg === 'failed')).toEqual({ msg: 'failed', version: '1' });
    await once(other.socket, 'close');
  });

  it('logs in by token and by digest, and says nothing of why it refuses', async () => {
    const one = await client();
    const byToken = await one.call('login', { resume: bot.authToken });
    expect(byToken.result).toMatchObject({
      id: bot.userId,
      token: bot.authToken,
      tokenExpires: { $date: expect.any(Number) },
    });
    const password = { digest: sha256Hex(ADMIN_PASSWORD), algorithm: 'sha-256' };
    const byDigest = await one.call('login', { user: { username: 'chief' }, password });
    expect((await chat.get('me', { userId: byDigest.result.id, authToken: byDigest.result.token })).status).toBe(200);
    const refusal = { isClientSafe: true, error: 401, reason: 'User not found', errorType: 'Meteor.Error' };
    expect((await one.call('login', { resume: 'none' })).error).toMatchObject(refusal);
    const wrong = { digest: sha256Hex('wrong'), algorithm: 'sha-256' };
    expect((await one.call('login', { user: { username: 'chief' }, password: wrong })).error).toMatchObject(refusal);
  });

  it('sends messages of one’s rooms to __my_messages__, with the kind and name of the room', async () => {
    const one = await client(bot);
    expect((await one.subscribe('__my_messages__')).msg).toBe('ready');
    await chat.post('chat.postMessage', { roomId: ops, text: 'heard' });
    const { fields, collection } = await one.next((frame) => frame.msg === 'changed');
    expect(collection).toBe('stream-room-messages');
    expect(fields.eventName).toBe('__my_messages__');
    expect(fields.args).toEqual([
      expect.objectContaining({
        msg: 'heard',
        rid: ops,
        ts: { $date: expect.any(Number) },
        mentions: [],
        channels: [],
      }),
      { roomParticipant: true, roomType: 'p', roomName: 'ops' },
    ]);
  });

  it('refuses to show a room to those outside, and to strangers anything', async () => {
    const outsider = await client(await chat.user('outsider'));
    expect(await outsider.subscribe(ops)).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } });
    const stranger = await client();
    expect((await stranger.subscribe('__my_messages__')).msg).toBe('nosub');
    expect((await stranger.subscribe('x', 'no-such-publication')).error.error).toBe(404);
    expect((await stranger.call('sendMessage', { rid: ops, msg: 'x' })).error.error).toBe('error-invalid-user');
  });

  it('sends nothing more once the token is gone', async () => {
    const user = await chat.user('leaver');
    await chat.post('groups.invite', { roomId: ops, userId: user.userId });
    const one = await client(user);
    const watcher = await client(bot);
    await one.subscribe(ops);
    await watcher.subscribe(ops);
    await chat.post('logout', {}, user);
    await chat.post('chat.postMessage', { roomId: ops, text: 'after the logout' });
    await watcher.next((frame) => frame.msg === 'changed' && frame.fields.args[0].msg === 'after the logout');
    one.say({ msg: 'ping' });
    await one.next((frame) => frame.msg === 'pong');
    expect(one.frames.filter(({ msg }) => msg === 'changed')).toEqual([]);
  });

  it('finds rooms, joins, sends and leaves by method', async () => {
    const { channel } = (await chat.post('channels.create', { name: 'lobby' })).body;
    const one = await client(bot);
    expect((await one.call('getRoomIdByNameOrId', 'lobby')).result).toBe(channel._id);
    expect((await one.call('getRoomNameById', channel._id)).result).toBe('lobby');
    expect((await one.call('joinRoom', channel._id)).result).toBe(true);
    const sent = await one.call('sendMessage', { _id: 'mine', rid: channel._id, msg: 'by method' });
    expect(sent.result).toMatchObject({ _id: 'mine', msg: 'by method', u: { username: 'hubot' } });
    expect((await one.call('sendMessage', { _id: 'mine', rid: channel._id, msg: 'again' })).error).toBeDefined();
    expect((await one.call('leaveRoom', channel._id)).error).toBeUndefined();
    expect((await one.call('getRoomIdByNameOrId', 'nowhere')).error.error).toBe('error-not-allowed');
    expect((await one.call('noSuchMethod')).error).toMatchObject({ reason: "Method 'noSuchMethod' not found" });
    expect((await one.call('setReaction', ':tada:', 'mine')).error).toBeDefined();
  });

  it('lists what has changed since a date, and everything without one', async () => {
    const one = await client(bot);
    const all = (await one.call('rooms/get')).result;
    expect(all.length).toBeGreaterThan(0);
    expect((await one.call('rooms/get', { $date: 0 })).result).toEqual({ update: all, remove: [] });
    const never = Date.parse('9999-01-01');
    expect((await one.call('rooms/get', { $date: never })).result).toEqual({ update: [], remove: [] });
    const { result } = await one.call('subscriptions/get', { $date: 0 });
    expect(result).toEqual({ update: (await one.call('subscriptions/get')).result, remove: [] });
  });

  it('limits a method per connection', async () => {
    const one = await client(bot);
    const answers = await Promise.all(Array.from({ length: 11 }, () => one.call('getRoomIdByNameOrId', 'ops')));
    expect(answers.filter(({ error }) => error?.error === 'too-many-requests')).toHaveLength(1);
  });

  it('answers what is no frame with an error, and lives on', async () => {
    const one = await client();
    for (const bad of ['', 'x', '[]', '{"msg":7}', '{"msg":"nothing"}', 'null']) {
      one.say(bad);
      expect((await one.next((frame) => frame.msg === 'error')).reason).toBe('Bad request');
    }
    one.say({ msg: 'ping' });
    expect((await one.next((frame) => frame.msg === 'pong')).msg).toBe('pong');
  });

  it('counts pings as traffic, logins as sessions, messages as writes', async () => {
    const before = chat.server.ledger?.entries().length ?? 0;
    const one = await client(bot);
    one.say({ msg: 'ping' });
    await one.next((frame) => frame.msg === 'pong');
    await one.call('getRoomIdByNameOrId', 'ops');
    await one.call('sendMessage', { rid: ops, msg: 'x' });
    expect(chat.server.ledger?.entries().slice(before)).toEqual([
      { kind: 'session', what: 'DDP connect' },
      { kind: 'session', what: 'DDP login' },
      { kind: 'traffic', what: 'DDP ping' },
      { kind: 'read', what: 'DDP getRoomIdByNameOrId' },
      { kind: 'write', what: 'DDP sendMessage' },
    ]);
  });

  it('offers no other path for a WebSocket', async () => {
    await expect(connect(chat.url, '/elsewhere')).rejects.toThrow();
    expect((await chat.get('/sockjs/info', null)).body).toMatchObject({ websocket: true, cookie_needed: false });
  });
});

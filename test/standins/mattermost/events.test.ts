import { once } from 'node:events';
import { addPerson } from '@chatops-up/standins/internal/mattermost/people';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningMattermost, startMattermost } from './start-mattermost.ts';

let mattermost: RunningMattermost;
let sockets: WebSocket[] = [];

const open = (headers: Readonly<Record<string, string>> = {}, path = '/api/v4/websocket'): WebSocket => {
  const socket = new WebSocket(`${mattermost.url.replace('http', 'ws')}${path}`, { headers });
  sockets.push(socket);
  return socket;
};

const call = async (token: string, path: string, body?: object): Promise<Response> =>
  fetch(`${mattermost.url}/api/v4${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

/** The next frame that has it. */
const frameWith = async (socket: WebSocket, key: string): Promise<Record<string, unknown>> => {
  for (;;) {
    const [bytes] = (await once(socket, 'message')) as [Buffer];
    const frame = JSON.parse(bytes.toString()) as Record<string, unknown>;
    if (key in frame) return frame;
  }
};

beforeEach(async () => {
  mattermost = await startMattermost();
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await mattermost.stop();
});

describe('events of Mattermost', () => {
  it('begin at once for who is known by the upgrade', async () => {
    const socket = open({ Authorization: `Bearer ${mattermost.world.bot.token}` });
    expect(await frameWith(socket, 'event')).toMatchObject({ event: 'hello', seq: 0 });
  });

  it('begin after a challenge that is met', async () => {
    const socket = open();
    await once(socket, 'open');
    const data = { token: mattermost.world.bot.token };
    socket.send(JSON.stringify({ seq: 1, action: 'authentication_challenge', data }));
    expect(await frameWith(socket, 'status')).toEqual({ status: 'OK', seq_reply: 1 });
  });

  it('end without a word for a wrong token', async () => {
    const socket = open();
    await once(socket, 'open');
    socket.send(JSON.stringify({ seq: 1, action: 'authentication_challenge', data: { token: 'nobody' } }));
    await expect(once(socket, 'close')).resolves.toBeDefined();
  });

  it('bring a post as text in a text, counted on', async () => {
    const { world } = mattermost;
    const socket = open({ Authorization: `Bearer ${world.bot.token}` });
    await frameWith(socket, 'event');
    const heard = frameWith(socket, 'event');
    await call(world.bot.token, '/posts', { channel_id: world.channels[0]?.id, message: 'hello' });
    const { event, seq, data } = (await heard) as { event: string; seq: number; data: { post: string } };
    expect([event, seq]).toEqual(['posted', 1]);
    expect(JSON.parse(data.post)).toMatchObject({ message: 'hello', channel_id: world.channels[0]?.id });
  });

  it('bring nothing of channels that somebody is not in', async () => {
    const { world } = mattermost;
    const alice = addPerson(world, { username: 'alice', password: 'x', channels: [{ name: 'board', type: 'P' }] });
    world.sessions.set('of-alice', alice);
    const socket = open({ Authorization: `Bearer ${world.bot.token}` });
    await frameWith(socket, 'event');
    const heard = frameWith(socket, 'event');
    const board = world.channels.find(({ name }) => name === 'board')?.id;
    expect((await call('of-alice', '/posts', { channel_id: board, message: 'secret' })).status).toBe(201);
    await call(world.bot.token, '/posts', { channel_id: world.channels[0]?.id, message: 'open' });
    expect(JSON.stringify(await heard)).not.toContain('secret');
  });
});

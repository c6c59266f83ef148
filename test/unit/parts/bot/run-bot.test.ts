/** The bot over real sockets, against the stand-in. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../../src/adapters/clock.ts';
import { createHttp } from '../../../../src/adapters/http.ts';
import { clientsOf, provide } from '../../../../src/contracts/ports.ts';
import { createBot } from '../../../../src/parts/bot/program/run-bot.ts';
import { createChatOf } from '../../../../src/parts/rocketchat/chat.ts';
import { connectBot } from '../../../../src/parts/rocketchat/client/bot.ts';
import { createRocketChat } from '../../../../src/parts/rocketchat/client/rocketchat.ts';
import { ROCKETCHAT } from '../../../../src/parts/rocketchat/rocketchat.ts';
import type { Endpoint } from '../../../../src/stack/stack.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { type RunningChat, type StartOptions, startRocketChat } from '../../../standins/rocketchat/start-rocketchat.ts';

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const aChatWithRoom = async (
  options: StartOptions = {},
): Promise<{ chat: RunningChat; password: string; roomId: string }> => {
  const chat = await startRocketChat(options);
  ended.push(() => chat.stop());
  const { password } = await chat.user('hubot', ['bot']);
  const made = await chat.post('channels.create', { name: 'ops', members: ['hubot'] });
  return { chat, password, roomId: made.body.channel._id };
};

/** A running bot; `says` resolves with the first line of its log, from now on, that matches. */
const start = (base: string, password: string, isLate: () => boolean = () => false) => {
  const stop = new AbortController();
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const real = createClock();
  const clock = { ...real, now: () => real.now() + (isLate() ? 90_000 : 0) };
  const rocketchat = createRocketChat({ http: createHttp(), clock, report: () => undefined, connectBot });
  const addresses = { resolve: ({ service, port }: Endpoint) => ({ host: service, port }) };
  const bot = createBot({
    chat: createChatOf({ client: clientsOf([provide(ROCKETCHAT, rocketchat)]), addresses })({ kind: 'url', url: base }),
    clock,
    credentials: { username: 'hubot', password: new Secret(password), passwordName: 'ROCKETCHAT_PASSWORD' },
    name: 'Hubot',
    rooms: ['ops'],
    say: (line) => {
      lines.push(line);
      for (const listener of listeners) listener(line);
    },
    signal: stop.signal,
  });
  const done = bot.run();
  ended.push(async () => {
    stop.abort();
    await done;
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve) => {
      const listener = (line: string): void => {
        if (!pattern.test(line)) return;
        listeners.delete(listener);
        resolve(line);
      };
      listeners.add(listener);
    });
  return { lines, says, done, stop, standing: bot.standing };
};

/** Stands before a server; `cut` ends every connection through it. */
const aRelay = async (to: string) => {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(to).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  ended.push(async () => {
    server.close();
    cut();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut };
};

const texts = async (chat: RunningChat, roomId: string): Promise<string[]> =>
  (await chat.get(`/api/v1/channels.history?roomId=${roomId}`, chat.admin)).body.messages.map(
    ({ msg }: { msg: string }) => msg,
  );

/** A webhook posts also where users may not. */
const sayByWebhook = async (chat: RunningChat, text: string): Promise<void> => {
  const hook = { type: 'webhook-incoming', name: 'n', enabled: true, username: 'rocket.cat', channel: '#ops' };
  const { body } = await chat.post('integrations.create', { ...hook, scriptEnabled: false });
  const { status } = await chat.send('POST', `/hooks/${body.integration._id}/${body.integration.token}`, { text });
  expect(status).toBe(200);
};

describe('the bot', () => {
  it('answers a ping in its room, once, and never itself', async () => {
    const { chat, password, roomId } = await aChatWithRoom();
    const bot = start(chat.url, password);
    await bot.says(/^logged in as hubot, listening in ops$/);
    const answered = bot.says(/^answered in ops$/);
    await chat.post('chat.postMessage', { roomId, text: 'ping' });
    await answered;
    expect((await texts(chat, roomId)).filter((text) => text === 'pong')).toHaveLength(1);
  });

  it('comes back when it was cut off', async () => {
    const { chat, password, roomId } = await aChatWithRoom();
    const relay = await aRelay(chat.url);
    const bot = start(relay.url, password);
    await bot.says(/^logged in/);
    const back = bot.says(/^logged in/);
    relay.cut();
    await back;
    expect(bot.lines).toContain('the session has ended, coming back');
    const answered = bot.says(/^answered in ops$/);
    await chat.post('chat.postMessage', { roomId, text: '@hubot ping' });
    await answered;
    expect(await texts(chat, roomId)).toContain('pong');
  });

  it('says that it was refused, without the password, and goes on trying', async () => {
    const { chat } = await aChatWithRoom();
    const bot = start(chat.url, 'wrong-password-1');
    expect(await bot.says(/^not connected: /)).toMatch(/hubot/);
    expect(bot.lines.join('\n')).not.toContain('wrong-password-1');
  });

  it('answers as soon as a server that has just started takes messages', async () => {
    // Simulated time that passes as fast as it boots: half a second.
    const env = { ROCKETCHAT_STANDIN_COLLECTOR_MS: '500000' };
    const { chat, password, roomId } = await aChatWithRoom({ restricted: true, env });
    const bot = start(chat.url, password);
    await bot.says(/^logged in/);
    const answered = bot.says(/^answered in ops$/);
    await sayByWebhook(chat, 'ping');
    await answered;
    expect(await texts(chat, roomId)).toContain('pong');
    expect(bot.lines.join('\n')).not.toContain('no answer given');
  });

  it('says why it gives no answer, and what ends that, when the server takes none for good', async () => {
    const { chat, password } = await aChatWithRoom({ env: { ROCKETCHAT_STANDIN_INTERNET: 'no' } });
    let isLate = false;
    const bot = start(chat.url, password, () => isLate);
    await bot.says(/^logged in/);
    isLate = true;
    const said = bot.says(/^no answer given/);
    await sayByWebhook(chat, 'ping');
    expect(await said).toMatch(/takes no messages: .*collector\.rocket\.chat.*; let its container out/);
  });

  it('ends when it is stopped', async () => {
    const { chat, password } = await aChatWithRoom();
    const bot = start(chat.url, password);
    await bot.says(/^logged in/);
    bot.stop.abort();
    await expect(bot.done).resolves.toBeUndefined();
  });
});

describe('what the bot says of itself', () => {
  const USABLE = {
    usable: true,
    text: expect.stringMatching(/^hubot is connected, may post in ops, heard the chat \d+ s ago$/),
  };

  const idOfBot = async (chat: RunningChat): Promise<string> =>
    (await chat.get('/api/v1/users.info?username=hubot')).body.user._id;

  const aBotThatIsThere = async () => {
    const { chat, password, roomId } = await aChatWithRoom();
    const bot = start(chat.url, password);
    await bot.says(/^logged in/);
    return { chat, bot, roomId, password };
  };

  it('is usable when it is connected and may post in its rooms', async () => {
    const { bot } = await aBotThatIsThere();
    expect(await bot.standing()).toEqual(USABLE);
  });

  it('is of no use before it has logged in, and says why not', async () => {
    const { chat } = await aChatWithRoom();
    const bot = start(chat.url, 'wrong-password-1');
    await bot.says(/^not connected: /);
    expect(await bot.standing()).toMatchObject({
      usable: false,
      text: expect.stringMatching(/^hubot is not connected: .*refused the login of hubot/),
    });
  });

  it.each([
    ['its room is archived', ['archive', {}], ['unarchive', {}], 'ops is archived'],
    ['it is out of its room', ['kick', { userId: '' }], ['invite', { userId: '' }], 'hubot is not in ops'],
    [
      'its room is read-only',
      ['setReadOnly', { readOnly: true }],
      ['setReadOnly', { readOnly: false }],
      'ops is read-only and hubot is neither owner nor moderator there',
    ],
  ] as const)('is unusable while %s, and usable again afterwards', async (_, [take, taken], [give, given], why) => {
    const { chat, bot, roomId } = await aBotThatIsThere();
    const userId = await idOfBot(chat);
    const post = (what: string, body: object) =>
      chat.post(`channels.${what}`, { roomId, ...body, ...('userId' in body ? { userId } : {}) });
    expect((await post(take, taken)).status).toBe(200);
    expect(await bot.standing()).toEqual({ usable: false, text: why });
    expect((await post(give, given)).status).toBe(200);
    expect(await bot.standing()).toEqual(USABLE);
  });

  it('gives up a session whose token died, although its connection stays open', async () => {
    const { chat, bot } = await aBotThatIsThere();
    const userId = await idOfBot(chat);
    const refused = bot.says(/^not connected: .*refused the login/);
    const changed = await chat.post('users.update', { userId, data: { password: 'Another-pass-12345!' } });
    expect(changed.body).toMatchObject({ success: true });
    expect((await bot.standing()).usable).toBe(false);
    await refused;
    expect((await bot.standing()).text).toMatch(/^hubot is not connected: .*refused the login of hubot/);
  });
});

/** The vendor's own client (`@rocket.chat/sdk` 1.0.0-alpha.42) meets the stand-in. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningChat, startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';

interface SdkMessage {
  readonly msg: string;
  readonly rid: string;
  readonly u: { readonly username: string };
  readonly ts: { readonly $date: number };
  readonly t?: string;
}

interface SdkBot {
  connect(options: object): Promise<unknown>;
  disconnect(): Promise<unknown>;
  login(credentials: { username: string; password: string }): Promise<unknown>;
  reactToMessages(callback: (error: unknown, message?: SdkMessage) => void): Promise<void>;
  sendToRoomId(text: string, rid: string): Promise<SdkMessage>;
  channelInfo(query: object): Promise<{ readonly _id: string; readonly name: string }>;
  createDirectMessage(username: string): Promise<{ readonly _id: string }>;
  loadHistory(rid: string, since: Date): Promise<{ readonly updated: SdkMessage[] }>;
  info(): Promise<unknown>;
}

const { Bot } = createRequire(import.meta.url)('@rocket.chat/sdk') as {
  Bot: new (options: object) => SdkBot;
};

const silent = { debug() {}, info() {}, warning() {}, warn() {}, error() {} };

/** Messages as they come, awaited one by one. */
const inbox = () => {
  const messages: SdkMessage[] = [];
  const waiting: ((message: SdkMessage) => void)[] = [];
  return {
    messages,
    push: (message: SdkMessage) => {
      const next = waiting.shift();
      if (next) next(message);
      else messages.push(message);
    },
    next: (): Promise<SdkMessage> => {
      const found = messages.shift();
      return found ? Promise.resolve(found) : new Promise((resolve) => waiting.push(resolve));
    },
  };
};

describe('the vendor’s SDK as judge', () => {
  let chat: RunningChat;
  let bot: SdkBot;
  let ops: string;
  const received = inbox();

  beforeAll(async () => {
    chat = await startRocketChat();
    const { password } = await chat.user('hubot', ['user', 'bot']);
    ops = (await chat.post('groups.create', { name: 'ops', members: ['hubot'] })).body.group._id;
    await chat.post('groups.create', { name: 'secret' });
    bot = new Bot({ host: chat.url, useSsl: false, logger: silent });
    await bot.connect({});
    await bot.login({ username: 'hubot', password });
    await bot.reactToMessages((error, message) => {
      if (message && !error) received.push(message);
    });
  });
  afterAll(async () => {
    await bot.disconnect();
    await chat.stop();
  });

  it('receives what is posted over REST in its rooms, and nothing of others', async () => {
    await chat.post('chat.postMessage', { channel: '#secret', text: 'not for you' });
    await chat.post('chat.postMessage', { channel: '#ops', text: 'for you' });

    const message = await received.next();

    expect(message).toMatchObject({ msg: 'for you', rid: ops, u: { username: 'chief' } });
    expect(new Date(message.ts.$date).getFullYear()).toBeGreaterThan(2000);
  });

  it('sends, and what it sent can be read by another client', async () => {
    await bot.sendToRoomId('from the bot', ops);

    expect((await received.next()).msg).toBe('from the bot');
    const { body } = await chat.get(`groups.messages?roomId=${ops}&count=1`);
    expect(body.messages).toMatchObject([{ msg: 'from the bot', u: { username: 'hubot' } }]);
  });

  it('receives what a webhook posted', async () => {
    const { body } = await chat.post('integrations.create', {
      type: 'webhook-incoming',
      name: 'plain',
      enabled: true,
      username: 'hubot',
      channel: '#ops',
      scriptEnabled: false,
    });
    await chat.send('POST', `/hooks/${body.integration._id}/${body.integration.token}`, { text: 'by hook' });

    expect(await received.next()).toMatchObject({ msg: 'by hook', bot: { i: body.integration._id } });
  });

  it('finds a channel, opens a direct room and loads a history', async () => {
    expect(await bot.channelInfo({ roomName: 'general' })).toMatchObject({ _id: 'GENERAL', name: 'general' });
    const direct = await bot.createDirectMessage('chief');
    await bot.sendToRoomId('psst', direct._id);
    const { updated } = await bot.loadHistory(direct._id, new Date(0));
    expect(updated.map(({ msg }) => msg)).toEqual(['psst']);
  });

  it('is refused with a wrong password', async () => {
    const stranger = new Bot({ host: chat.url, useSsl: false, logger: silent });
    await stranger.connect({});
    await expect(stranger.login({ username: 'hubot', password: 'wrong' })).rejects.toMatchObject({
      status: 401,
      data: { error: 'Unauthorized' },
    });
    await stranger.disconnect();
  });
});

import { createSimulatedTime, type SimulatedTime } from '@chatops-up/standins';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { daysLeft, type RunningChat, type StartOptions, startRocketChat } from './start-rocketchat.ts';

const start = async (options: StartOptions = {}): Promise<RunningChat> => {
  const chat = await startRocketChat(options);
  atEnd(() => chat.stop());
  return chat;
};
const NEVER = { ROCKETCHAT_STANDIN_COLLECTOR_MS: '1000000000' };
const OFFLINE = { ROCKETCHAT_STANDIN_INTERNET: 'no' };
const REFUSED = { status: 400, body: { success: false, error: 'restricted-workspace' } };
/** A clock that is ahead by some days, and by more than simulated time passes while a server starts on a busy machine. */
const later = (days: number): SimulatedTime => {
  const time = createSimulatedTime(1_000);
  return { ...time, now: () => time.now() + days * 86_400_000 + 43_200_000 };
};
/** The same server after some days without internet. */
const offlineFor = async (before: RunningChat, days: number): Promise<RunningChat> => {
  const chat = await before.restart({ ...OFFLINE, ROCKETCHAT_STANDIN_COLLECTOR_MS: '0' }, { time: later(days) });
  atEnd(() => chat.stop());
  return chat;
};
const say = (chat: RunningChat) => chat.post('chat.postMessage', { roomId: 'GENERAL', text: 'hello' });

describe('a Rocket.Chat without a licence', () => {
  it('is ready and takes no message until the collector has answered', async () => {
    const chat = await start({ restricted: true, env: NEVER });
    expect((await fetch(`${chat.url}/readyz`)).status).toBe(200);
    expect(await daysLeft(chat.url)).toBe(-1);
    const answer = await say(chat);
    expect(answer).toMatchObject(REFUSED);
    expect(answer.body).not.toHaveProperty('errorType');
  });

  it('takes messages for ten days once it has', async () => {
    const chat = await start();
    expect(await daysLeft(chat.url)).toBe(10);
    expect(await say(chat)).toMatchObject({ status: 200 });
  });

  it.each([
    ['chat.sendMessage', { message: { rid: 'GENERAL', msg: 'hello' } }],
    ['chat.postMessage', { channel: '#general', text: 'hello' }],
  ])('refuses %s without internet', async (path, body) => {
    const chat = await start({ env: OFFLINE });
    expect(await chat.post(path, body)).toMatchObject(REFUSED);
  });

  it('refuses to change a message, and lets one be removed', async () => {
    const online = await start();
    const { _id } = (await say(online)).body.message;
    const chat = await offlineFor(online, 11);
    await expect.poll(() => daysLeft(chat.url), { timeout: 30_000 }).toBe(0);
    expect(await chat.post('chat.update', { roomId: 'GENERAL', msgId: _id, text: 'again' })).toMatchObject(REFUSED);
    expect(await chat.post('chat.delete', { roomId: 'GENERAL', msgId: _id })).toMatchObject({ status: 200 });
  });

  it('learns what it is from a public setting: 0 days without internet', async () => {
    const chat = await start({ env: OFFLINE });
    expect(await daysLeft(chat.url)).toBe(0);
  });

  it('lets incoming webhooks post all the same', async () => {
    const chat = await start({ env: OFFLINE });
    const made = await chat.post('integrations.create', {
      type: 'webhook-incoming',
      name: 'gitlab',
      enabled: true,
      username: 'rocket.cat',
      channel: '#general',
      scriptEnabled: false,
    });
    const { _id, token } = made.body.integration;
    expect(await chat.send('POST', `/hooks/${_id}/${token}`, { text: 'built' })).toMatchObject({ status: 200 });
  });

  it('does not report where its environment forbids that, and is restricted for it', async () => {
    const chat = await start({ env: { RC_DISABLE_STATISTICS_REPORTING: 'true' } });
    expect(await daysLeft(chat.url)).toBe(0);
    expect(await say(chat)).toMatchObject(REFUSED);
  });
});

describe('a Rocket.Chat with a licence', () => {
  it('takes messages at once, without internet', async () => {
    const chat = await start({ restricted: true, env: { ...OFFLINE, ROCKETCHAT_LICENSE: 'a licence' } });
    expect(await daysLeft(chat.url)).toBe(-1);
    expect(await say(chat)).toMatchObject({ status: 200 });
  });
});

describe('a Rocket.Chat that has lost the internet', () => {
  it.each([
    [0, 10],
    [4, 6],
    [9, 1],
    [10, 0],
    [30, 0],
  ])('has %i days after its last report %i days left', async (since, left) => {
    const chat = await offlineFor(await start(), since);
    await expect.poll(() => daysLeft(chat.url), { timeout: 30_000 }).toBe(left);
    expect((await say(chat)).status).toBe(left === 0 ? 400 : 200);
  });
});

/** The relay posts to the stand-in of Rocket.Chat, as its bot. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../../src/values/sha256.ts';
import { deliver, pipelineAt, type RelayHere, relayHome, until } from '../../../../helpers/relay.ts';
import { ADMIN_PASSWORD, type RunningChat, startRocketChat } from '../../../../standins/rocketchat/start-rocketchat.ts';
import { ownDelivery } from '../../../notifier/deliveries.ts';

interface Message {
  readonly msg: string;
  readonly u: { readonly username: string };
  readonly attachments?: readonly { readonly color: string }[];
}

let chat: RunningChat;
let password: string;
let number = 0;
let room: string;
const relays: RelayHere[] = [];

const startRelay = async (): Promise<RelayHere> => {
  number += 1;
  room = `builds-${number}`;
  await chat.post('channels.create', { name: room, members: ['hubot'] });
  const home = relayHome({ to: 'rocketchat', url: chat.url, username: 'hubot', channels: { builds: room } });
  const relay = await home.startHere({ ROCKETCHAT_PASSWORD: password });
  relays.push(relay);
  return relay;
};

const messages = async (): Promise<readonly Message[]> => {
  const { body } = await chat.get(`channels.messages?roomName=${room}`);
  return (body.messages as readonly (Message & { t?: string })[]).filter(({ t }) => t === undefined).toReversed();
};
const texts = async (): Promise<readonly string[]> => (await messages()).map(({ msg }) => msg.replaceAll('\u2060', ''));
const shows = (text: string) => until(async () => (await texts()).some((each) => each.includes(text)));

const FACTOR = { 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex(ADMIN_PASSWORD) };
const allowEditing = async (value: boolean): Promise<void> => {
  const { body } = await chat.post('settings/Message_AllowEditing', { value }, chat.admin, FACTOR);
  expect(body).toEqual({ success: true });
};

beforeAll(async () => {
  chat = await startRocketChat();
  ({ password } = await chat.user('hubot', ['user', 'bot']));
});
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
});
afterAll(() => chat.stop());

describe('a relay that posts to Rocket.Chat', () => {
  it('changes one message of the bot with its pipeline, stages and all', async () => {
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running', test: 'created' } }));
    await shows('running');
    await deliver(relay, pipelineAt({ status: 'failed', jobs: { build: 'success', test: 'failed' } }));
    await shows('failed');
    expect(await texts()).toEqual([
      expect.stringMatching(/^Pipeline .* failed in .*\nStages: ✔ build {2}✘ test\nFailed: /),
    ]);
    expect((await messages())[0]?.u.username).toBe('hubot');
  });

  it('posts everything else as its webhook would, attachments and all', async () => {
    const relay = await startRelay();
    await deliver(relay, ownDelivery('job-failed'));
    await shows('Job');
    expect(await messages()).toMatchObject([{ attachments: [{ color: '#dd2b0e' }] }]);
  });

  it.each([
    ['cuts the connection after it has posted', { kind: 'reset' }, true],
    ['answers 503', { kind: 'status', status: 503, body: '' }, false],
  ] as const)('posts once when the server %s', async (_name, effect, afterWork) => {
    const relay = await startRelay();
    chat.server.faults?.add({ match: 'POST /api/v1/chat.sendMessage', effect, afterWork });
    await deliver(relay, ownDelivery('job-failed'));
    await deliver(relay, ownDelivery('tag-moved'));
    await shows('moved the tag');
    expect((await texts()).map((text) => text.split(' ')[0])).toEqual(['Job', 'Ada']);
  });

  it('says the news in a new message when the first may not be changed any more', async () => {
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    await shows('running');
    await allowEditing(false);
    await deliver(relay, pipelineAt({ status: 'success', jobs: { build: 'success' } }));
    await shows('passed');
    await allowEditing(true);
    expect(await texts()).toHaveLength(2);
  });

  it('logs in again when its session has ended', async () => {
    const relay = await startRelay();
    await deliver(relay, ownDelivery('job-failed'));
    await shows('Job');
    await chat.post('users.logoutOtherClients', {});
    await chat.post('users.update', { userId: (await chat.login('hubot', password)).userId, data: { password } });
    await deliver(relay, ownDelivery('tag-moved'));
    await shows('moved the tag');
    expect(await texts()).toHaveLength(2);
  });

  it('is usable while its bot sees every room, and says which it does not', async () => {
    const relay = await startRelay();
    expect((await fetch(`${relay.url}/health`)).status).toBe(200);
    const other = relayHome({ to: 'rocketchat', url: chat.url, username: 'hubot', channels: { builds: 'nowhere' } });
    const lost = await other.startHere({ ROCKETCHAT_PASSWORD: password });
    relays.push(lost);
    const health = await fetch(`${lost.url}/health`);
    expect([health.status, await health.json()]).toEqual([
      503,
      expect.objectContaining({ why: expect.stringContaining('#nowhere') }),
    ]);
  });
});

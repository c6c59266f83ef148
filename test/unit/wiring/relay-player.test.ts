/** The relay of a stack without containers: the program itself, over sockets, posting into a stand-in of the chat. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatedTime } from '@chatops-up/standins';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRelayPlayer } from '../../../src/wiring/relay-player.ts';
import { known } from '../../builders/outlet.ts';
import { freePort } from '../../helpers/free-port.ts';
import { deliver, HOOK_SECRET, until } from '../../helpers/relay.ts';
import { type RunningChat, startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';
import { ownDelivery } from '../notifier/deliveries.ts';

const SETTINGS = { to: 'rocketchat', url: 'http://rocketchat:3000', username: 'hubot', channels: { builds: 'builds' } };

describe('the relay of a stack without containers', () => {
  let chat: RunningChat;
  let password: string;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    chat = await startRocketChat();
    ({ password } = await chat.user('hubot', ['user', 'bot']));
    await chat.post('channels.create', { name: 'builds', members: ['hubot'] });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  afterAll(() => chat.stop());

  const play = async (dir: string, env: Readonly<Record<string, string>> = {}) => {
    const port = await freePort();
    const server = createRelayPlayer(known().clean)({
      service: 'relay',
      role: 'relay',
      dir,
      ports: { 9095: port },
      env: {
        CHATOPS_RELAY_SETTINGS: JSON.stringify(SETTINGS),
        CHATOPS_HOOK_SECRET: HOOK_SECRET,
        ROCKETCHAT_PASSWORD: password,
        ...env,
      },
      command: ['relay'],
      time: createSimulatedTime(),
      // As a name of the stack's network: nothing else is called rocketchat here.
      lookup: (host, wanted) =>
        host === 'rocketchat' && wanted === 3000
          ? { host: '127.0.0.1', port: Number(new URL(chat.url).port) }
          : undefined,
      file: async () => undefined,
    });
    return { server, url: `http://127.0.0.1:${port}` };
  };
  const newDir = (): string => join(mkdtempSync(join(tmpdir(), 'chatops-player-')), 'relay');
  const shown = async (): Promise<number> => {
    const { body } = await chat.get('channels.messages?roomName=builds');
    return (body.messages as readonly { readonly t?: string }[]).filter(({ t }) => t === undefined).length;
  };

  it('listens where the engine says, and posts to what the network calls the chat', async () => {
    const { server, url } = await play(newDir());
    stops.push(() => server.stop());
    await server.start();
    expect(server).toMatchObject({ service: 'relay', played: 'real' });
    const before = await shown();
    expect((await deliver({ url }, ownDelivery('job-failed'))).status).toBe(202);
    await until(async () => (await shown()) > before);
  });

  it('still knows after it was stopped what it had taken', async () => {
    const dir = newDir();
    const again = { headers: { 'Idempotency-Key': 'the-same' } };
    const first = await play(dir);
    await first.server.start();
    expect((await deliver(first, ownDelivery('job-failed'), again)).body).toMatchObject({ outcome: 'post' });
    await first.server.stop();
    const second = await play(dir);
    stops.push(() => second.server.stop());
    await second.server.start();
    expect((await deliver(second, ownDelivery('job-failed'), again)).body).toMatchObject({ outcome: 'repeated' });
  });

  it('is no server any more when it was stopped', async () => {
    const { server, url } = await play(newDir());
    await server.start();
    await server.stop();
    await expect(fetch(`${url}/hooks/alive`)).rejects.toThrow('fetch failed');
  });

  it('does not start with settings that it does not understand', async () => {
    const { server } = await play(newDir(), { CHATOPS_RELAY_SETTINGS: '{}' });
    await expect(server.start()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

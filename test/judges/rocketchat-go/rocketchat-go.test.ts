/** Rocket.Chat's own Go client over the realtime API: it answers pings, and asks for lists and streams in a way of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { collect } from '../../helpers/cli.ts';
import { type RunningChat, startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';

const program = fileURLToPath(new URL('.cache/judge', import.meta.url));
const installed = existsSync(program);
if (!installed) leftOut("Rocket.Chat's Go client as judge", 'not built; run test/judges/rocketchat-go/install');

/** Real ms: the client is silent for longer before it is spoken to. */
const HEARTBEAT_MS = 1_000;
const SILENCE_MS = 4_000;

describe.runIf(installed)("Rocket.Chat's own Go client, whose authors know nothing of the stand-in, as judge", () => {
  let chat: RunningChat;
  let report: Record<string, unknown>;
  let messages: readonly { readonly msg: string; readonly u: { readonly username: string } }[];

  beforeAll(async () => {
    chat = await startRocketChat({ heartbeatMs: HEARTBEAT_MS });
    const bot = await chat.user('hubot', ['user', 'bot']);
    const ops = (await chat.post('groups.create', { name: 'ops', members: ['hubot'] })).body.group._id;
    const child = spawn(program, [chat.url, 'ops'], { env: { BOT_TOKEN: bot.authToken } });
    const ended = collect(child);
    child.stdout.on('data', (said: Buffer) => {
      if (!said.includes('listening')) return;
      setTimeout(() => void chat.post('chat.postMessage', { roomId: ops, text: 'hubot: still there?' }), SILENCE_MS);
    });
    const { status, stdout, stderr } = await ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    report = JSON.parse(stdout.slice(stdout.indexOf('{')));
    messages = (await chat.get(`/api/v1/groups.messages?roomId=${ops}`)).body.messages;
  });
  afterAll(() => chat.stop());

  it('logs in with a token, and is refused with a wrong one', () => expect(report.wrongLogin).toBe(false));

  it('finds its rooms and subscriptions, which it asks for by date', () =>
    expect(report).toMatchObject({ rooms: ['general', 'ops'], subscriptions: ['general', 'ops'] }));

  it('hears a message in the stream that it takes for a collection, after a silence in which it was pinged', () =>
    expect(report).toMatchObject({ heard: 'hubot: still there?', heardFrom: 'chief' }));

  it('answers there', () =>
    expect(messages.map(({ msg, u }) => `${u.username}: ${msg}`)).toContain('hubot: yes, chief'));
});

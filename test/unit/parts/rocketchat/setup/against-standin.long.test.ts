/** The job, the probes and the adapters over real sockets, against the stand-in that shares no code with them. */

import type { RocketChatVersion } from '@chatops-up/standins/internal/rocketchat/version';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../../src/adapters/http.ts';
import { hookToken } from '../../../../../src/contracts/hook-token.ts';
import type { Ports } from '../../../../../src/contracts/ports.ts';
import { createProbe } from '../../../../../src/contracts/probe-kinds.ts';
import { runJob } from '../../../../../src/engine/run-job.ts';
import { connectBot } from '../../../../../src/parts/rocketchat/client/bot.ts';
import { createRocketChat } from '../../../../../src/parts/rocketchat/client/rocketchat.ts';
import { ROCKETCHAT } from '../../../../../src/parts/rocketchat/rocketchat.ts';
import { createRocketChatSetupJob } from '../../../../../src/parts/rocketchat/setup/setup.ts';
import type { RocketChatSetupSpec } from '../../../../../src/parts/rocketchat/setup/spec.ts';
import { createConversationJob } from '../../../../../src/proofs/conversation/conversation.ts';
import type { ProbeSpec } from '../../../../../src/stack/stack.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { PROBE_KINDS } from '../../../../../src/wiring/probe-kinds.ts';
import { ADMIN, aRoom, aSetup, aUser, BOT, chatPorts, MARK, SECRETS } from '../../../../builders/rocketchat.ts';
import { createVirtualClock } from '../../../../fakes/virtual-clock.ts';
import { cases } from '../../../../helpers/cases.ts';
import {
  type RunningChat,
  type StartOptions,
  startRocketChat,
} from '../../../../standins/rocketchat/start-rocketchat.ts';

const signal = new AbortController().signal;
const running: RunningChat[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((chat) => chat.stop()));
});

const start = async (options: StartOptions = {}): Promise<RunningChat> => {
  const chat = await startRocketChat({
    ...options,
    env: { ADMIN_PASS: SECRETS.ADMIN_PASSWORD ?? '', ...options.env },
  });
  running.push(chat);
  return chat;
};
/** As one run of the program has it: its own sessions, nothing remembered. */
const portsOf = (): Ports => {
  const http = createHttp();
  const clock = createVirtualClock();
  return chatPorts(createRocketChat({ http, clock, report: () => undefined, connectBot }), { http, clock });
};
const specFor = (chat: RunningChat, overrides: Partial<RocketChatSetupSpec> = {}) =>
  aSetup({ target: { kind: 'url', url: chat.url }, ...overrides });
const run = (chat: RunningChat, overrides: Partial<RocketChatSetupSpec> = {}, ports = portsOf()) =>
  runJob(createRocketChatSetupJob(specFor(chat, overrides), ports), { clock: ports.clock, signal, withinMs: 60_000 });
/** Which writes reached the server since the last look: `POST /api/v1/users.create`. */
const writesSince = (chat: RunningChat, from: number) =>
  (chat.server.ledger?.entries() ?? [])
    .slice(from)
    .filter(({ kind }) => kind === 'write')
    .map(({ what }) => what);
const seenSoFar = (chat: RunningChat) => chat.server.ledger?.entries().length ?? 0;
const ask = async (spec: ProbeSpec, ports = portsOf()): Promise<string> => {
  const answer = await createProbe(PROBE_KINDS, spec, ports).ask(signal);
  if (answer.kind === 'ready') return 'ready';
  return answer.kind === 'not-ready' ? answer.reason : answer.error.message;
};

describe.each<RocketChatVersion>(['7.0', '8.0', '8.6'])('the chat setup on Rocket.Chat %s', (version) => {
  it('makes everything, then writes nothing, then one room or user more with one write', async () => {
    const chat = await start({ version });
    const first = await run(chat);
    expect(first.changes).toHaveLength(5);

    let from = seenSoFar(chat);
    expect((await run(chat)).changes).toEqual([]);
    expect(writesSince(chat, from)).toEqual([]);

    const rooms = [...aSetup().rooms, aRoom({ name: 'war-room', kind: 'private', members: ['hubot', 'alice'] })];
    from = seenSoFar(chat);
    await run(chat, { rooms });
    expect(writesSince(chat, from)).toEqual(['POST /api/v1/groups.create']);

    const users = [
      ...aSetup().users,
      aUser({ username: 'bob', email: 'bob@chatops.test', password: 'ALICE_PASSWORD' }),
    ];
    from = seenSoFar(chat);
    await run(chat, { rooms, users });
    expect(writesSince(chat, from)).toEqual(['POST /api/v1/users.create']);
  });

  it('leaves every probe of the chat ready, the bot over a WebSocket of its own', async () => {
    const chat = await start({ version });
    await run(chat, { rooms: [aRoom({ name: 'ci', readOnly: true, members: ['hubot'] })] });
    const target = { kind: 'url', url: chat.url } as const;
    const specs: ProbeSpec[] = [
      { what: 'rocketchat', target },
      { what: 'rocketchat-login', target, account: BOT },
      { what: 'rocketchat-room', target, account: BOT, room: 'ci', may: 'post' },
      { what: 'bot', target, account: BOT, rooms: ['ci'] },
      { what: 'webhook', target, admin: ADMIN, name: `${MARK} gitlab` },
    ];
    const from = seenSoFar(chat);
    expect(await Promise.all(specs.map((spec) => ask(spec)))).toEqual(specs.map(() => 'ready'));
    expect(writesSince(chat, from)).toEqual([]);
  });

  it('changes a setting although the server wants the password as a second factor', async () => {
    const chat = await start({ version, speed: 100_000 });
    // Half an hour of the server's time: the grace of a fresh account is over.
    await new Promise((done) => setTimeout(done, 30));
    const settings = { API_Enable_Rate_Limiter_Limit_Calls_Default: 600 };
    const from = seenSoFar(chat);
    await run(chat, { settings });
    // Asked, refused with "TOTP Required", asked again with the password's digest.
    const asked = writesSince(chat, from).filter((what) => what.startsWith('POST /api/v1/settings/'));
    expect(asked).toHaveLength(2);
    expect((await run(chat, { settings })).changes).toEqual([]);
  });
});

describe('the chat setup and what people made', () => {
  const state = async (chat: RunningChat, paths: readonly string[]) =>
    Promise.all(paths.map(async (path) => (await chat.get(path)).body));

  it('refuses to touch an account, a channel, a private room or a webhook of theirs', async () => {
    const chat = await start();
    await chat.post('users.create', {
      username: 'alice',
      name: 'A',
      email: 'alice@chatops.test',
      password: 'Own-Password-123',
    });
    await chat.post('channels.create', { name: 'ops' });
    await chat.post('groups.create', { name: 'ci' });
    const hook = { type: 'webhook-incoming', name: `${MARK} gitlab`, username: 'rocket.cat', channel: '#general' };
    await chat.post('integrations.create', { ...hook, scriptEnabled: false, enabled: true });
    const paths = ['users.info?username=alice', 'channels.list', 'groups.listAll', 'integrations.list'];
    const before = await state(chat, paths);
    const from = seenSoFar(chat);
    await expect(run(chat)).rejects.toMatchObject({
      code: 'CONFLICT',
      what: expect.stringMatching(/user alice, room ops, room ci, webhook/),
    });
    expect(writesSince(chat, from)).toEqual([]);
    expect(await state(chat, paths)).toEqual(before);
  });

  it('sees that an e-mail is taken before anything is made', async () => {
    const chat = await start();
    await chat.post('users.create', {
      username: 'alison',
      name: 'A',
      email: 'Alice@chatops.test',
      password: 'Own-Password-123',
    });
    const from = seenSoFar(chat);
    await expect(run(chat)).rejects.toMatchObject({ code: 'CONFLICT', why: expect.stringContaining('alison') });
    expect(writesSince(chat, from)).toEqual([]);
  });

  it('reports a changed bot password with its variable and does not lock the account', async () => {
    const chat = await start();
    await run(chat);
    const { body } = await chat.get('users.info?username=hubot');
    const changed = { userId: body.user._id, data: { password: 'Another-Password-9' } };
    expect((await chat.post('users.update', changed)).status).toBe(200);
    const ports = portsOf();
    await expect(run(chat, {}, ports)).rejects.toMatchObject({
      code: 'CONFLICT',
      why: expect.stringContaining('BOT_PASSWORD'),
    });
    const logins = () => chat.server.ledger?.entries().filter(({ what }) => what.endsWith('/login')).length ?? 0;
    const before = logins();
    const target = { kind: 'url', url: chat.url } as const;
    for (let time = 0; time < 20; time += 1) await ask({ what: 'rocketchat-login', target, account: BOT }, ports);
    expect(logins()).toBe(before);
  });
});

describe('the chat setup and drift', () => {
  it('brings back what was changed by hand of ours, each with one call, and leaves members of theirs', async () => {
    const chat = await start();
    await run(chat);
    await chat.post('users.create', { username: 'guest', name: 'G', email: 'g@x.example', password: 'Own-Password-1' });
    const ops = (await chat.get('channels.info?roomName=ops')).body.channel;
    const alice = (await chat.get('users.info?username=alice')).body.user;
    await chat.post('channels.invite', { roomId: ops._id, username: 'guest' });
    await chat.post('channels.kick', { roomId: ops._id, userId: alice._id });
    await chat.post('channels.setReadOnly', { roomId: ops._id, readOnly: true });
    const hubot = (await chat.get('users.info?username=hubot')).body.user;
    await chat.post('users.update', { userId: hubot._id, data: { roles: ['bot'] } });
    const [hook] = (await chat.get('integrations.list')).body.integrations;
    await chat.send(
      'PUT',
      '/api/v1/integrations.update',
      { ...hook, integrationId: hook._id, channel: '#general', enabled: false, script: 'class {' },
      chat.admin,
    );

    const from = seenSoFar(chat);
    await run(chat);
    expect(writesSince(chat, from).toSorted()).toEqual([
      'POST /api/v1/channels.invite',
      'POST /api/v1/channels.setReadOnly',
      'POST /api/v1/roles.addUserToRole',
      'PUT /api/v1/integrations.update',
    ]);
    const members = (await chat.get('channels.members?roomName=ops')).body.members;
    expect(members.map(({ username }: { username: string }) => username).toSorted()).toEqual([
      'alice',
      'chief',
      'guest',
      'hubot',
    ]);
    expect((await run(chat)).changes).toEqual([]);
  });
});

describe('the chat setup after an upgrade', () => {
  it('puts the wizard back to completed, and is not hindered by it meanwhile', async () => {
    const chat = await start({ env: { OVERWRITE_SETTING_Show_Setup_Wizard: 'in_progress' } });
    const settings = { Show_Setup_Wizard: 'completed' };
    await run(chat, { settings });
    const { body } = await chat.get('settings.public?_id=Show_Setup_Wizard');
    expect(body.settings[0].value).toBe('completed');
  });
});

describe('the bot the setup makes', () => {
  it('has the role user beside bot, so that it may make a token of its own', async () => {
    const chat = await start();
    await run(chat);
    const { body } = await chat.get('users.info?username=hubot');
    expect(body.user.roles.toSorted()).toEqual(['bot', 'user']);
  });

  it('logs in without a mailed code, its address not being verified', async () => {
    const chat = await start();
    await run(chat);
    await expect(chat.login('hubot', SECRETS.BOT_PASSWORD ?? '')).resolves.toHaveProperty('authToken');
    expect(chat.server.outbox()).toEqual([]);
  });
});

describe('the chat setup and its script', () => {
  it('turns a GitLab event into a line in the room the caller names, and refuses a wrong secret and the token of another room', async () => {
    const chat = await start();
    await run(chat);
    const { body } = await chat.get('integrations.list');
    const [{ _id, token }] = body.integrations;
    const push = {
      object_kind: 'push',
      ref: 'refs/heads/main',
      user_username: 'alice',
      user_name: 'Alice',
      before: '1'.repeat(40),
      after: '2'.repeat(40),
      total_commits_count: 1,
      commits: [{ id: '2'.repeat(40), title: 'Fix it', message: 'Fix it', url: 'http://git/c', author: { name: 'A' } }],
      project: { path_with_namespace: 'chatops/hello', name: 'hello', web_url: 'http://git/chatops/hello' },
    };
    const deliver = (secret: string) =>
      chat.send('POST', `/hooks/${_id}/${token}?channel=ops`, push, null, {
        'X-Gitlab-Event': 'Push Hook',
        'X-Gitlab-Token': secret,
      });
    expect((await deliver('wrong')).status).toBe(400);
    const source = { kind: 'project', path: 'ops/app' } as const;
    const tokenInto = (room: string): string => hookToken(new Secret('hook-secret'), { source, room }).reveal();
    expect((await deliver('hook-secret')).status).toBe(400);
    expect((await deliver(tokenInto('ci'))).status).toBe(400);
    expect((await deliver(tokenInto('ops'))).status).toBe(200);
    const said = await chat.get('channels.history?roomName=ops');
    const texts = said.body.messages.filter((message: { t?: string }) => message.t === undefined);
    expect(JSON.stringify(texts)).toContain('chatops/hello');
    expect(texts).toHaveLength(1);
  });
});

describe('the conversation over sockets', () => {
  it('is held once, arrives over the WebSocket too, and is read back by its probe', async () => {
    const chat = await start();
    const ports = portsOf();
    await run(chat, {}, ports);
    const spec = {
      job: 'conversation',
      proof: 'conversation',
      publicUrl: chat.url,
      account: BOT,
      room: 'ops',
    } as const;
    const listening = await ports
      .client(ROCKETCHAT)
      .connectBot(
        chat.url,
        { username: 'hubot', password: new Secret(SECRETS.BOT_PASSWORD ?? ''), passwordName: 'BOT_PASSWORD' },
        signal,
      );
    const hold = () => runJob(createConversationJob(spec, ports), { clock: ports.clock, signal, withinMs: 60_000 });
    await hold();
    const proof = await ports.proofs.read('conversation');
    await listening.received(proof?.text ?? '', AbortSignal.timeout(5_000));
    await listening.close();
    const from = seenSoFar(chat);
    expect((await hold()).changes).toEqual([]);
    expect(writesSince(chat, from)).toEqual([]);
    expect(await ask({ what: 'conversation', publicUrl: chat.url, account: BOT, room: 'ops' }, ports)).toBe('ready');
  });
});

describe('the chat setup on a failing server', () => {
  it('converges after resets, lost answers, 500s, 429s and HTML at any call, with nothing made twice', async () => {
    const effect = fc.constantFrom(
      { kind: 'reset' } as const,
      { kind: 'status', status: 500, body: 'Internal Server Error' } as const,
      { kind: 'html', status: 200 } as const,
      { kind: 'status', status: 503, body: '' } as const,
    );
    const faults = fc.array(fc.record({ skip: fc.nat({ max: 25 }), afterWork: fc.boolean(), effect }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(faults, async (planned) => {
        const chat = await start();
        for (const fault of planned) {
          chat.server.faults?.add({ match: '/api/v1/', ...fault });
          await run(chat).catch((thrown: unknown) =>
            expect(thrown).toMatchObject({ code: expect.stringMatching(/UNREACHABLE|UNEXPECTED_ANSWER/) }),
          );
        }
        chat.server.faults?.clear();
        await run(chat);
        const { body: users } = await chat.get('users.list');
        const { body: channels } = await chat.get('channels.list');
        const { body: hooks } = await chat.get('integrations.list');
        expect(users.users.map(({ username }: { username: string }) => username).toSorted()).toEqual([
          'alice',
          'chief',
          'hubot',
          'rocket.cat',
        ]);
        expect(channels.channels.map(({ name }: { name: string }) => name).toSorted()).toEqual([
          'ci',
          'general',
          'ops',
        ]);
        expect(hooks.integrations).toHaveLength(1);
        expect((await run(chat)).changes).toEqual([]);
        await Promise.all(running.splice(0).map((each) => each.stop()));
      }),
      { numRuns: cases(12) },
    );
  });
});

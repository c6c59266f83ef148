import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@chatops-up/standins/internal/rocketchat/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { createSteppedTime } from '../../fakes/stepped-time.ts';
import {
  ADMIN_PASSWORD,
  buildServer,
  type RunningChat,
  ready,
  type StartOptions,
  startRocketChat,
} from './start-rocketchat.ts';
import { PRIMARY, type StubMongo, startStubMongo } from './stub-mongo.ts';

/** Longer than anything it does by itself at a start. */
const HOUR_MS = 3_600_000;

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const start = async (options: StartOptions = {}): Promise<RunningChat> => {
  const chat = await startRocketChat(options);
  cleanups.push(() => chat.stop());
  return chat;
};
const stub = async (...given: Parameters<typeof startStubMongo>): Promise<StubMongo> => {
  const mongo = await startStubMongo(...given);
  cleanups.push(() => mongo.close());
  return mongo;
};
/** Started, not waited for. */
const launch = async (options: StartOptions = {}) => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-rocketchat-'));
  const built = await buildServer({ dir, ...options });
  cleanups.push(
    () => rmSync(dir, { recursive: true, force: true }),
    () => built.server.stop(),
  );
  await built.server.start();
  return built;
};

/** The status of a login. */
const login = async (url: string, user: string, password: string): Promise<number> => {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ user, password }),
  });
  return answer.status;
};

describe('a start of the Rocket.Chat stand-in', () => {
  it('refuses connections until it is ready, and has no phase that answers 503', async () => {
    const { server, url } = await launch({ mongo: await stub() });
    const early = await fetch(`${url}/readyz`).catch((error: Error) => (error.cause as { code?: string }).code);
    expect(early).toBe('ECONNREFUSED');
    await ready(server, url);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('waits for a set that has no configuration yet, and opens when it has a PRIMARY', async () => {
    const mongo = await stub({ isWritablePrimary: false, secondary: false, isreplicaset: true });
    const { server, url } = await launch({ mongo });
    mongo.hello = PRIMARY;
    await ready(server, url);
    expect(mongo.commands).toContain('insert');
  });

  it('does not take a standalone server, however writable it is', async () => {
    const { server } = await launch({ mongo: await stub({ isWritablePrimary: true }) });
    expect(await server.crashed).toContain('code 20');
  });

  it('crashes with the reason where no PRIMARY is reachable by the name it goes by', async () => {
    const named = (primary: string) => stub({ ...PRIMARY, me: primary, primary, hosts: [primary] });
    const options: StartOptions[] = [
      { env: { MONGO_URL: 'mongodb://localhost:27017/rocketchat' } },
      { mongo: await named('localhost:27017') },
      { mongo: await named('3f9c1d2e4b5a:27017') },
      { mongo: await stub({ ...PRIMARY, setName: 'other' }) },
    ];
    // At once: each takes as long as a server selection.
    const reasons = await Promise.all(options.map(async (one) => (await launch(one)).server.crashed));
    expect(reasons).toEqual([
      expect.stringMatching(/Server selection timed out.*connect ECONNREFUSED localhost:27017/),
      expect.stringContaining('connect ECONNREFUSED localhost:27017'),
      expect.stringContaining('getaddrinfo ENOTFOUND 3f9c1d2e4b5a'),
      expect.stringContaining('the set is called other, not rs0'),
    ]);
  });

  it.each([
    ['http://mongo:27017/rocketchat', 'Invalid scheme, expected connection string to start with "mongodb://"'],
    ['mongodb+srv://user:word@cluster.example.net/rocketchat', 'querySrv ENOTFOUND _mongodb._tcp.cluster.example.net'],
  ])('ends at once with what the driver says of %s', async (address, reason) => {
    const { server } = await launch({ mongo: await stub(), env: { MONGO_URL: address } });
    expect(await server.crashed).toContain(reason);
  });

  it('takes a server for the PRIMARY that says it is, and does not name one', async () => {
    const { server, url } = await launch({ mongo: await stub({ ...PRIMARY, primary: undefined }) });
    await ready(server, url);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('with a MongoDB that is too old it answers once, then ends', async () => {
    const time = createSteppedTime();
    const { server, url } = await launch({ mongo: await stub(PRIMARY, 17), time });
    time.pass(HOUR_MS);
    await ready(server, url);
    time.pass(HOUR_MS);
    expect(await server.crashed).toContain('too old');
    // 7.0 lives with the same one.
    const old = await start({ mongo: await stub(PRIMARY, 17), version: '7.0' });
    expect((await old.get('/api/info', null)).body.version).toBe('7.0');
  });

  it('writes to its database at the first start, and not at later ones', async () => {
    const chat = await start();
    expect(chat.mongo.commands.filter((command) => command === 'insert')).toHaveLength(1);
    const again = await chat.restart();
    expect(again.mongo.commands.filter((command) => command === 'insert')).toHaveLength(1);
  });

  it('keeps users, rooms, messages, webhooks and tokens over a restart', async () => {
    const chat = await start();
    await chat.user('hubot', ['user', 'bot']);
    await chat.post('channels.create', { name: 'ops', members: ['hubot'] });
    await chat.post('chat.postMessage', { channel: '#ops', text: 'before' });
    const hook = { type: 'webhook-incoming', name: 'x', enabled: true, scriptEnabled: false };
    const { body } = await chat.post('integrations.create', { ...hook, username: 'hubot', channel: '#ops' });

    const again = await chat.restart();

    expect((await again.get('me', chat.admin)).body.username).toBe('chief');
    expect((await again.get('channels.messages?roomName=ops')).body.messages[0].msg).toBe('before');
    expect((await again.get('channels.members?roomName=ops')).body.total).toBe(2);
    const path = `/hooks/${body.integration._id}/${body.integration.token}`;
    expect((await again.send('POST', path, { text: 'after' }, null)).body).toEqual({ success: true });
    expect((await again.get('channels.messages?roomName=ops')).body.messages[0].msg).toBe('after');
  });
});

describe('what the environment says to the Rocket.Chat stand-in', () => {
  it('a changed ADMIN_PASS is ignored once there is an admin', async () => {
    const chat = await start();
    await chat.server.stop();
    const again = await buildServer({ dir: chat.dir, mongo: chat.mongo, env: { ADMIN_PASS: 'Another-Password-9' } });
    await again.server.start();
    cleanups.push(() => again.server.stop());
    await ready(again.server, again.url);
    expect(await login(again.url, 'chief', 'Another-Password-9')).toBe(401);
    expect(await login(again.url, 'chief', 'Correct-Horse-7-Battery')).toBe(200);
  });

  it('calls the admin `admin` when the wanted name is not allowed', async () => {
    const { server, url } = await launch({ mongo: await stub(), env: { ADMIN_USERNAME: 'not a name' } });
    await ready(server, url);
    expect(await login(url, 'admin', 'Correct-Horse-7-Battery')).toBe(200);
  });

  it('has the room general and the user rocket.cat from the first start', async () => {
    const chat = await start();
    expect((await chat.get('channels.info?roomName=general')).body.channel).toMatchObject({ _id: 'GENERAL', t: 'c' });
    const { user } = (await chat.get('users.info?username=rocket.cat')).body;
    expect(user).toMatchObject({ _id: 'rocket.cat', roles: ['bot'], type: 'bot' });
  });

  it('lets OVERWRITE_SETTING_ win at every start, a plain name only at the first', async () => {
    const chat = await start({ env: { Site_Name: 'first', OVERWRITE_SETTING_Language: 'fr' } });
    const value = async (of: RunningChat, id: string) => (await of.get(`settings/${id}`)).body.value;
    expect([await value(chat, 'Site_Name'), await value(chat, 'Language')]).toEqual(['first', 'fr']);
    await chat.post('settings/Language', { value: 'de' });

    const again = await chat.restart({ Site_Name: 'second', OVERWRITE_SETTING_Language: 'fr' });

    expect([await value(again, 'Site_Name'), await value(again, 'Language')]).toEqual(['first', 'fr']);
  });

  it('reads true, false and whole numbers of the environment as such', async () => {
    const chat = await start({
      env: { OVERWRITE_SETTING_Site_Name: 'TRUE', OVERWRITE_SETTING_API_Default_Count: '25' },
    });
    expect((await chat.get('settings/Site_Name')).body.value).toBe(true);
    expect((await chat.get('settings/API_Default_Count')).body.value).toBe(25);
  });

  it('the wizard comes back after an upgrade unless the environment overrules it, and REST goes on', async () => {
    const wizard = async (of: RunningChat) =>
      (await of.get('settings.public?_id=Show_Setup_Wizard', null)).body.settings[0].value;
    const chat = await start({ version: '8.0' });
    expect(await wizard(chat)).toBe('in_progress');
    await chat.post('settings/Show_Setup_Wizard', { value: 'completed' }, chat.admin, {
      'x-2fa-method': 'password',
      'x-2fa-code': sha256Hex('Correct-Horse-7-Battery'),
    });
    expect(await wizard(chat)).toBe('completed');

    const upgraded = await chat.restart({}, { version: '8.6' });
    expect(await wizard(upgraded)).toBe('in_progress');
    expect((await upgraded.get('me')).status).toBe(200);

    const overruled = await upgraded.restart({ OVERWRITE_SETTING_Show_Setup_Wizard: 'completed' });
    expect(await wizard(overruled)).toBe('completed');
  });

  it('the wizard comes back at the first start as well, over what the environment has set', async () => {
    const chat = await start({ env: { OVERWRITE_SETTING_Show_Setup_Wizard: 'completed' } });
    expect((await chat.get('settings/Show_Setup_Wizard')).body.value).toBe('in_progress');
  });

  it('keeps the address of its first start, unless the environment overwrites it', async () => {
    const chat = await start({ env: { ROOT_URL: 'http://old.example.org' } });
    const kept = await chat.restart({ ROOT_URL: 'http://new.example.org' });
    expect((await kept.get('settings/Site_Url')).body.value).toBe('http://old.example.org');
    const moved = await kept.restart({ OVERWRITE_SETTING_Site_Url: 'http://new.example.org' });
    expect((await moved.get('settings/Site_Url')).body.value).toBe('http://new.example.org');
  });

  it.each([
    ['asks its administrator whether it was moved or copied', {}, false],
    ['asks nobody where the environment says so', { AUTO_ACCEPT_FINGERPRINT: 'true' }, true],
  ])('at another address it %s', async (_, env, verified) => {
    const chat = await start();
    const moved = await chat.restart({ OVERWRITE_SETTING_Site_Url: 'http://new.example.org', ...env });
    expect((await moved.get('settings/Deployment_FingerPrint_Verified')).body.value).toBe(verified);
  });

  it.each(['administrator', 'system', 'User', 'all', 'here'])('an administrator %s becomes admin', async (name) => {
    const { server, url } = await launch({ mongo: await stub(), env: { ADMIN_USERNAME: name } });
    await ready(server, url);
    expect(await login(url, name, ADMIN_PASSWORD)).toBe(401);
    expect(await login(url, 'admin', ADMIN_PASSWORD)).toBe(200);
  });

  it('hides and blocks the settings it is asked to', async () => {
    const chat = await start({ env: { SETTINGS_BLOCKED: 'Site_Name', SETTINGS_HIDDEN: 'Language' } });
    expect((await chat.post('settings/Site_Name', { value: 'x' })).text).toBe('{"success":false}');
    expect((await chat.get('settings/Language')).text).toBe('{"success":false}');
  });
});

describe('health of the Rocket.Chat stand-in', () => {
  it('/health stays well when MongoDB is gone, /readyz and /livez say so', async () => {
    const chat = await start();
    expect((await chat.get('/readyz', null)).body).toMatchObject({ status: 'ok', checks: { mongo: { status: 'ok' } } });
    await chat.mongo.close();

    const [readyz, livez] = [await chat.get('/readyz', null), await chat.get('/livez', null)];

    expect([readyz.status, livez.status]).toEqual([503, 503]);
    expect(readyz.body).toMatchObject({ status: 'unavailable', checks: { mongo: { status: 'degraded' } } });
    expect(await chat.get('/health', null)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('/readyz and /livez tell of a check of its own, named by the test', async () => {
    const chat = await start();
    chat.server.degraded.add('eventLoop');
    const livez = await chat.get('/livez', null);
    expect(livez).toMatchObject({
      status: 503,
      body: { checks: { eventLoop: { status: 'degraded' }, memory: { status: 'ok' } } },
    });
    chat.server.degraded.clear();
    expect((await chat.get('/readyz', null)).status).toBe(200);
  });

  it('has no /livez before 7.11, and a text for /health', async () => {
    const chat = await start({ version: '7.0' });
    expect((await chat.get('/livez', null)).headers.get('content-type')).toContain('text/html');
    expect((await chat.get('/health', null)).text).toBe('ok');
  });

  it('shows strangers the major and minor version, the admin all of it, and has no /api/v1/info', async () => {
    const chat = await start();
    expect((await chat.get('/api/info', null)).body).toMatchObject({ version: '8.6', success: true });
    expect((await chat.get('/api/info')).body).toMatchObject({ version: '8.6.1' });
    expect((await chat.get('/api/v1/info')).status).toBe(404);
  });
});

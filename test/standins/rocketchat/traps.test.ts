/** What surprises callers of this server: each behaviour of Rocket.Chat, by version where they differ, that its stand-in plays. */

import { sha256Hex } from '@chatops-up/standins/internal/rocketchat/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeldTime } from '../../fakes/held-time.ts';
import { ADMIN_PASSWORD, type Answer, type RunningChat, startRocketChat } from './start-rocketchat.ts';

const FACTOR = { 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex(ADMIN_PASSWORD) };
const HOOK = {
  type: 'webhook-incoming',
  name: 'gitlab',
  enabled: true,
  username: 'rocket.cat',
  channel: '#general',
  scriptEnabled: false,
};
const script = (body: string) => `class Script { process_incoming_request({ request }) { ${body} } }`;
/** What people and hooks said, newest first. */
const texts = (answer: Answer): string[] =>
  answer.body.messages.filter(({ t }: { t?: string }) => t === undefined).map(({ msg }: { msg: string }) => msg);

describe('traps of Rocket.Chat that the stand-in sets as the server does', () => {
  let chat: RunningChat;
  beforeAll(async () => {
    chat = await startRocketChat({
      env: { CREATE_TOKENS_FOR_USERS_SECRET: 'the secret' },
      // Slowly enough that half an hour of memory does not pass between two calls.
      speed: 200,
    });
  });
  afterAll(() => chat.stop());

  it('a setting by REST wants the password again once the account is no longer fresh', async () => {
    const slow = await startRocketChat({
      env: { OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_RememberFor: '0' },
    });
    try {
      const refused = await slow.post('settings/Site_Name', { value: 'x' });
      expect(refused).toMatchObject({ status: 400, body: { errorType: 'totp-required' } });
      expect(refused.body.details).toEqual({ method: 'password', codeGenerated: false, availableMethods: [] });
      expect((await slow.post('settings/Site_Name', { value: 'x' }, slow.admin, FACTOR)).status).toBe(200);
    } finally {
      await slow.stop();
    }
  });

  it('a fresh account is spared for a while, and a factor given is remembered for that token and client', async () => {
    expect((await chat.post('settings/Site_Name', { value: 'fresh' })).status).toBe(200);
    const bulk = { settings: [{ _id: 'Site_Name', value: 'x' }] };
    expect((await chat.post('settings', bulk)).body.errorType).toBe('totp-required');
    expect((await chat.post('settings', bulk, chat.admin, FACTOR)).status).toBe(200);
    // `POST settings` is never remembered.
    expect((await chat.post('settings', bulk)).body.errorType).toBe('totp-required');
  });

  it('a verified user made by the API needs a mailed code to log in', async () => {
    const wanted = { username: 'vera', name: 'Vera', email: 'vera@example.org', password: 'Vera-Pass-Word-1' };
    await chat.post('users.create', { ...wanted, verified: true });
    const login = (code?: string) =>
      chat.post('login', { user: 'vera', password: wanted.password, ...(code ? { code } : {}) }, null);

    expect(await login()).toMatchObject({
      status: 401,
      body: { error: 'totp-required', message: 'TOTP Required', details: { method: 'email', codeGenerated: true } },
    });
    const [mail] = chat.server.outbox().filter(({ to }) => to === 'vera@example.org');
    expect((await login('000000' === mail?.code ? '000001' : '000000')).body.error).toBe('totp-invalid');
    expect((await login(mail?.code)).status).toBe(200);
  });

  it('a user with nothing but the role bot cannot make a personal access token', async () => {
    const bot = await chat.user('only-bot', ['bot']);
    const both = await chat.user('also-bot', ['user', 'bot']);
    const make = (auth: typeof bot) => chat.post('users.generatePersonalAccessToken', { tokenName: 'x' }, auth);
    expect((await make(bot)).body.errorType).toBe('not-authorized');
    const { token } = (await make(both)).body;
    expect((await chat.get('me', { userId: both.userId, authToken: token })).body.username).toBe('also-bot');
  });

  it('users.createToken wants the secret, and exactly two keys', async () => {
    const userId = chat.admin.userId;
    expect((await chat.post('users.createToken', { userId })).body.errorType).toBe('invalid-params');
    expect((await chat.post('users.createToken', { username: 'chief', secret: 'the secret' })).body.errorType).toBe(
      'invalid-params',
    );
    const { data } = (await chat.post('users.createToken', { userId, secret: 'the secret' })).body;
    expect((await chat.get('me', data)).body.username).toBe('chief');
  });

  it('a missing user or room is 400, never 404', async () => {
    expect(await chat.get('users.info?username=nobody')).toMatchObject({
      status: 400,
      body: { success: false, error: 'User not found.' },
    });
    expect(await chat.get('channels.info?roomName=nowhere')).toMatchObject({
      status: 400,
      body: { errorType: 'error-room-not-found' },
    });
  });

  it('a group of others is missing for the admin, and yet its name is taken', async () => {
    const owner = await chat.user('owner');
    await chat.post('groups.create', { name: 'theirs' }, owner);
    expect((await chat.get('groups.info?roomName=theirs')).body.errorType).toBe('error-room-not-found');
    expect((await chat.post('groups.create', { name: 'theirs' })).body.errorType).toBe('error-duplicate-channel-name');
    expect((await chat.get('rooms.nameExists?roomName=theirs')).body.exists).toBe(true);
  });

  it('unknown member names are dropped without a word', async () => {
    const { status, body } = await chat.post('channels.create', { name: 'few', members: ['rocket.cat', 'nobody'] });
    expect(status).toBe(200);
    const { members } = (await chat.get(`channels.members?roomId=${body.channel._id}`)).body;
    expect(members.map(({ username }: { username: string }) => username)).toEqual(['chief', 'rocket.cat']);
  });

  it('permissions.update takes the permission from everybody it does not name', async () => {
    const change = { permissions: [{ _id: 'set-leader', roles: ['admin'] }] };
    const { permissions } = (await chat.post('permissions.update', change)).body;
    expect(permissions.find(({ _id }: { _id: string }) => _id === 'set-leader').roles).toEqual(['admin']);
    const none = { permissions: [{ _id: 'no-such-permission', roles: ['admin'] }] };
    expect((await chat.post('permissions.update', none)).body.errorType).toBe('error-invalid-permission');
    const role = { permissions: [{ _id: 'set-leader', roles: ['no-such-role'] }] };
    expect((await chat.post('permissions.update', role)).body.errorType).toBe('error-invalid-role');
    expect((await chat.post('permissions.update', {})).body.errorType).toBe('error-invalid-body-params');
  });

  it('query= is ignored and the whole first page comes back', async () => {
    const filter = encodeURIComponent(JSON.stringify({ username: 'chief' }));
    const { users, total } = (await chat.get(`users.list?query=${filter}&fields=%7B%22username%22%3A1%7D`)).body;
    expect(users.length).toBe(total);
    expect(total).toBeGreaterThan(1);
    expect(users[0]).toHaveProperty('roles');
  });

  it('two integrations of one name stand side by side', async () => {
    const [first, second] = [
      await chat.post('integrations.create', HOOK),
      await chat.post('integrations.create', HOOK),
    ];
    expect(first.body.integration._id).not.toBe(second.body.integration._id);
    const { total, integrations } = (await chat.get('integrations.list?name=GITLAB&type=webhook-incoming')).body;
    expect(total).toBe(2);
    expect(integrations.map(({ name }: { name: string }) => name)).toEqual(['gitlab', 'gitlab']);
  });

  it('a token of one’s own is refused', async () => {
    const answer = await chat.post('integrations.create', { ...HOOK, token: 'mine' });
    expect(answer.body).toMatchObject({ success: false, errorType: 'invalid-params' });
  });

  it('an admin does not qualify as poster, at create, at update and at every call', async () => {
    const code = 'error-user-lacks-message-impersonate-permission';
    expect((await chat.post('integrations.create', { ...HOOK, username: 'chief' })).body.errorType).toBe(code);
    const { integration } = (await chat.post('integrations.create', { ...HOOK, name: 'updated' })).body;
    const change = { ...HOOK, integrationId: integration._id, username: 'chief' };
    expect((await chat.send('PUT', '/api/v1/integrations.update', change, chat.admin)).body.errorType).toBe(code);
  });

  it('a broken script is saved with 200, and what the sender sends becomes a blank post', async () => {
    await chat.post('channels.create', { name: 'blank', members: ['rocket.cat'] });
    const wanted = { ...HOOK, channel: '#blank', scriptEnabled: true, script: 'class Script { oops' };
    const { status, body } = await chat.post('integrations.create', wanted);
    expect(status).toBe(200);
    expect(body.integration.scriptError).toMatchObject({ name: 'SyntaxError' });
    expect(body.integration).not.toHaveProperty('scriptCompiled');

    const hook = `/hooks/${body.integration._id}/${body.integration.token}`;
    expect((await chat.send('POST', hook, { object_kind: 'pipeline' }, null)).status).toBe(200);
    expect(texts(await chat.get('channels.history?roomName=blank'))[0]).toBe('');

    const fixed = {
      ...wanted,
      integrationId: body.integration._id,
      script: script("return { content: { text: 'ok' } };"),
    };
    const updated = (await chat.send('PUT', '/api/v1/integrations.update', fixed, chat.admin)).body.integration;
    expect(updated).toHaveProperty('scriptCompiled');
    expect(updated).not.toHaveProperty('scriptError');
    await chat.send('POST', hook, { object_kind: 'pipeline' }, null);
    expect(texts(await chat.get('channels.history?roomName=blank'))[0]).toBe('ok');
  });

  it('what differs by version is not there, or differs: _, Buffer, url_raw, undeclared names', async () => {
    const body = `
      const seen = [typeof _, typeof Buffer, typeof require, typeof process, request.url.query.room, request.url_raw];
      return { content: { text: seen.join(' ') } };`;
    const wanted = { ...HOOK, scriptEnabled: true, script: `undeclared = 1; ${script(body)}` };
    const make = async (more: object) =>
      (await chat.post('integrations.create', { ...wanted, ...more })).body.integration;
    const [sloppy, strict] = [await make({}), await make({ skipTranspile: true })];

    const path = `/hooks/${sloppy._id}/${sloppy.token}`;
    expect((await chat.send('POST', `${path}?room=ops`, {}, null)).status).toBe(200);
    expect(texts(await chat.get('channels.history?roomName=general'))[0]).toBe(
      `undefined undefined undefined undefined ops http://localhost${path}?room=ops`,
    );
    const refused = await chat.send('POST', `/hooks/${strict._id}/${strict.token}`, {}, null);
    expect(refused).toMatchObject({ status: 400, body: { error: 'error-evaluating-script' } });
  });

  it('a wrong content type is 200 and nothing is posted', async () => {
    const { integration } = (await chat.post('integrations.create', HOOK)).body;
    const before = texts(await chat.get('channels.history?roomName=general&count=0'));
    const path = `/hooks/${integration._id}/${integration.token}`;
    const answer = await chat.send('POST', path, '{"text":"lost"}', null, { 'Content-Type': 'application/xml' });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(texts(await chat.get('channels.history?roomName=general&count=0'))).toEqual(before);
  });

  it('a wrong hook address is a 500 text, a GET can post, /hooks/info/ asks without posting', async () => {
    const { integration } = (
      await chat.post('integrations.create', { ...HOOK, scriptEnabled: true, script: script('') })
    ).body;
    const { _id, token } = integration;
    expect(await chat.get(`/hooks/${_id}/wrong`, null)).toMatchObject({ status: 500, text: 'Internal Server Error' });
    const before = texts(await chat.get('channels.history?roomName=general&count=0')).length;
    expect((await chat.get(`/hooks/info/${_id}/x/${token}`, null)).body).toEqual({ success: true });
    expect(texts(await chat.get('channels.history?roomName=general&count=0'))).toHaveLength(before);
    expect((await chat.get(`/hooks/${_id}/${token}`, null)).status).toBe(200);
    expect(texts(await chat.get('channels.history?roomName=general&count=0'))).toHaveLength(before + 1);
  });

  it('a weak password is refused on update, not on create', async () => {
    const weak = { username: 'weak', name: 'Weak', email: 'weak@example.org', password: 'short' };
    const { status, body } = await chat.post('users.create', weak);
    expect(status).toBe(200);
    const update = (password: string) =>
      chat.post('users.update', { userId: body.user._id, data: { password } }, chat.admin, FACTOR);
    for (const password of ['Aa1!Aa1!Aa1!A', 'aaaabbbb1111!!AA', 'nouppercase-1234', 'NOLOWERCASE-1234'])
      expect((await update(password)).body.errorType).toBe('error-password-policy-not-met');
    expect((await update('Quite-Good-4-This')).status).toBe(200);
  });
});

describe('traps of the limits of Rocket.Chat', () => {
  it('ten logins a minute from one address, everybody behind one proxy together', async () => {
    const time = createHeldTime(1_000);
    const chat = await startRocketChat({ env: { OVERWRITE_SETTING_API_Enable_Rate_Limiter: 'true' }, time });
    // A minute in which nothing was asked yet begins here, and lasts as long as the test needs.
    time.hold();
    time.pass(61_000);
    try {
      const login = (from: string) =>
        chat.post('login', { user: 'chief', password: ADMIN_PASSWORD }, null, { 'X-Forwarded-For': from });
      const first = await login('10.0.0.1');
      expect(first.headers.get('x-ratelimit-limit')).toBe('10');
      expect(first.headers.get('x-ratelimit-remaining')).toBe('9');
      expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now());
      const rest = await Promise.all(Array.from({ length: 10 }, () => login('10.0.0.1')));
      const refused = rest.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(1);
      expect(refused[0]?.body.error).toMatch(/You must wait \d+ seconds .*\[error-too-many-requests\]$/);
      expect((await login('10.0.0.2')).status).toBe(200);
      // An admin with a token is not limited at all.
      const many = await Promise.all(Array.from({ length: 15 }, () => chat.get('me')));
      expect(many.every(({ status, headers }) => status === 200 && !headers.has('x-ratelimit-limit'))).toBe(true);
    } finally {
      await chat.stop();
    }
  });

  it('ten wrong passwords lock the account, also for the right one, until the time is over', async () => {
    const time = createHeldTime(1_000);
    const chat = await startRocketChat({ time });
    time.hold();
    try {
      const login = (password: string) => chat.post('login', { user: 'chief', password }, null);
      for (let attempt = 0; attempt < 10; attempt += 1) expect((await login('wrong')).body.error).toBe('Unauthorized');
      expect((await login(ADMIN_PASSWORD)).body.error).toBe('error-login-blocked-for-user');
      time.pass(5 * 60_000 + 1);
      expect((await login(ADMIN_PASSWORD)).status).toBe(200);
    } finally {
      await chat.stop();
    }
  });
});

describe('Rocket.Chat of older versions', () => {
  it('7.0: tokens by flag, role names, posters made bots, hooks limited and refused by 404, no success on login', async () => {
    const time = createHeldTime(1_000);
    const chat = await startRocketChat({
      version: '7.0',
      env: { CREATE_TOKENS_FOR_USERS: 'true', OVERWRITE_SETTING_API_Enable_Rate_Limiter: 'true' },
      time,
    });
    time.hold();
    try {
      const login = await chat.post('login', { user: 'chief', password: ADMIN_PASSWORD }, null);
      expect(login.body).not.toHaveProperty('success');
      expect((await chat.post('users.createToken', { username: 'chief' })).status).toBe(200);
      await chat.user('poster');
      const wanted = { ...HOOK, username: 'poster' };
      const { integration } = (await chat.post('integrations.create', wanted)).body;
      expect(integration).not.toHaveProperty('skipTranspile');
      expect((await chat.get('users.info?username=poster')).body.user.roles).toEqual(['user', 'bot']);
      const added = await chat.post('roles.addUserToRole', { username: 'poster', roleName: 'moderator' });
      expect(added.status).toBe(200);
      expect(await chat.send('POST', '/hooks/none/none', {}, null)).toMatchObject({
        status: 404,
        body: { error: 'Invalid integration id or token provided.' },
      });
      const deliver = () => chat.send('POST', `/hooks/${integration._id}/${integration.token}`, { text: 'x' }, null);
      const answers = await Promise.all(Array.from({ length: 12 }, deliver));
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
      expect((await chat.get('users.info')).body.errorType).toBe('invalid-params');
      // Filters of integrations.list are ignored.
      expect((await chat.get('integrations.list?name=other')).body.total).toBe(1);
    } finally {
      await chat.stop();
    }
  });

  it('8.0: no memory of second factors, a form’s payload not unpacked, no rooms.join, no bulk settings', async () => {
    const chat = await startRocketChat({ version: '8.0' });
    try {
      expect((await chat.post('settings/Site_Name', { value: 'x' })).body.errorType).toBe('totp-required');
      expect((await chat.post('settings/Site_Name', { value: 'x' }, chat.admin, FACTOR)).status).toBe(200);
      expect((await chat.post('settings/Site_Name', { value: 'y' })).body.errorType).toBe('totp-required');
      expect((await chat.post('settings', { settings: [] })).status).toBe(404);
      expect((await chat.post('rooms.join', { roomId: 'GENERAL' })).status).toBe(404);
      const { integration } = (await chat.post('integrations.create', { ...HOOK, username: 'chief' })).body;
      await chat.send(
        'POST',
        `/hooks/${integration._id}/${integration.token}`,
        'payload=%7B%22text%22%3A%22x%22%7D',
        null,
        {
          'Content-Type': 'application/x-www-form-urlencoded',
        },
      );
      expect(texts(await chat.get('channels.history?roomName=general'))[0]).toBe('');
    } finally {
      await chat.stop();
    }
  });
});

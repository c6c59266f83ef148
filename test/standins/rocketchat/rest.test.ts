import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD, type Answer, type RunningChat, startRocketChat } from './start-rocketchat.ts';

const HOOK = {
  type: 'webhook-incoming',
  name: 'x',
  enabled: true,
  username: 'rocket.cat',
  channel: '#general',
  scriptEnabled: false,
};
const script = (body: string) => `class Script { process_incoming_request({ request }) { ${body} } }`;
const names = (list: { name?: string; username?: string }[]) => list.map(({ name, username }) => username ?? name);

describe('names that Rocket.Chat keeps for itself', () => {
  let kept: RunningChat;
  beforeAll(async () => {
    kept = await startRocketChat();
  });
  afterAll(() => kept.stop());

  it.each([
    ['admin', 'error-blocked-username'],
    ['System', 'error-blocked-username'],
    ['all', 'error-field-unavailable'],
    ['here', 'error-field-unavailable'],
  ])('are refused for users: %s', async (username, errorType) => {
    const user = { username, name: 'x', email: `${username}@example.org`, password: 'Pass-word-1' };
    expect(await kept.post('users.create', user)).toMatchObject({ status: 400, body: { errorType } });
  });

  it.each(['channels.create', 'groups.create'])('are refused for rooms by %s', async (path) => {
    const answer = await kept.post(path, { name: 'system' });
    expect(answer).toMatchObject({ status: 400, body: { errorType: 'error-invalid-room-name' } });
  });

  it.each(['Alice <3', 'A/B', 'back\\slash', '100%', 'hidden %3C'])('a display name %s is refused', async (name) => {
    const user = { username: 'alice', name, email: 'alice@example.org', password: 'Pass-word-1' };
    const answer = await kept.post('users.create', user);
    expect(answer).toMatchObject({ status: 400, body: { error: 'Name contains invalid characters' } });
  });

  it('a field without a value refuses its whole message', async () => {
    const attachments = [{ text: 'x', fields: [{ title: 'Branch', value: '' }] }];
    const answer = await kept.post('chat.postMessage', { channel: '#general', text: 'hi', attachments });
    expect(answer.status).toBe(400);
  });
});

describe('what is announced for 9.0', () => {
  let next: RunningChat;
  beforeAll(async () => {
    next = await startRocketChat({ version: '9.0' });
  });
  afterAll(() => next.stop());
  const UNAUTHORIZED = { status: 401, body: { success: false, error: 'unauthorized' } };

  it('a refused login does not say why', async () => {
    const answer = await next.post('login', { user: 'chief', password: 'wrong' }, null);
    expect(answer).toMatchObject(UNAUTHORIZED);
    expect(answer.body).not.toHaveProperty('message');
  });

  it("a route's missing permission is 401, though the login is valid", async () => {
    const alice = await next.user('alice');
    const user = { username: 'bob', name: 'Bob', email: 'bob@example.org', password: 'Pass-word-1' };
    expect(await next.post('users.create', user, alice)).toMatchObject(UNAUTHORIZED);
    expect((await next.get('me', alice)).status).toBe(200);
  });
});

describe('REST of the Rocket.Chat stand-in', () => {
  let chat: RunningChat;
  beforeAll(async () => {
    chat = await startRocketChat();
  });
  afterAll(() => chat.stop());
  const put = (body: object): Promise<Answer> => chat.send('PUT', '/api/v1/integrations.update', body, chat.admin);

  it('logs in by name, mail, digest and token, and ends a session', async () => {
    for (const body of [
      { user: 'chief', password: ADMIN_PASSWORD },
      { username: 'CHIEF', password: ADMIN_PASSWORD },
      { email: 'chief@example.org', password: ADMIN_PASSWORD },
      { resume: chat.admin.authToken },
    ])
      expect((await chat.post('login', body, null)).body).toMatchObject({ status: 'success', success: true });
    const session = await chat.login('chief', ADMIN_PASSWORD);
    expect((await chat.post('logout', {}, session)).body).toMatchObject({ status: 'success' });
    expect((await chat.get('me', session)).status).toBe(401);
    // A token with somebody else's id opens nothing.
    expect((await chat.get('me', { ...chat.admin, userId: 'rocket.cat' })).status).toBe(401);
  });

  it('pages with count and offset: fifty by default, a hundred at most, all by nought', async () => {
    for (let number = 0; number < 120; number += 1) await chat.post('channels.create', { name: `page-${number}` });
    const list = async (query: string) => (await chat.get(`channels.list?${query}`)).body;
    expect(await list('')).toMatchObject({ count: 50, offset: 0, total: 121 });
    expect(await list('count=500&offset=10')).toMatchObject({ count: 100, offset: 10 });
    expect(await list('count=0')).toMatchObject({ count: 121, total: 121 });
    expect(await list('offset=120')).toMatchObject({ count: 1 });
    const { channels } = await list(`count=3&sort=${encodeURIComponent('{"name":-1}')}`);
    expect(names(channels)).toEqual(['page-99', 'page-98', 'page-97']);
    expect((await chat.get('channels.list?sort=%7B')).body.errorType).toBe('error-invalid-sort');
  });

  it('invites, kicks, leaves, and keeps the last owner', async () => {
    const ann = await chat.user('ann');
    const { group } = (await chat.post('groups.create', { name: 'crew' })).body;
    const members = async () => names((await chat.get(`groups.members?roomId=${group._id}`)).body.members);
    expect((await chat.post('groups.invite', { roomId: group._id, username: 'ann' })).status).toBe(200);
    expect(await members()).toEqual(['chief', 'ann']);
    expect((await chat.post('groups.invite', { roomId: group._id, usernames: [] })).body.errorType).toBe(
      'error-empty-invite-list',
    );
    // A plain member may not bring others.
    const byMember = await chat.post('groups.invite', { roomId: group._id, username: 'rocket.cat' }, ann);
    expect(byMember.body.errorType).toBe('error-not-allowed');
    await chat.post('groups.kick', { roomId: group._id, userId: ann.userId });
    expect(await members()).toEqual(['chief']);
    expect((await chat.get(`groups.info?roomId=${group._id}`, ann)).body.errorType).toBe('error-room-not-found');
    expect((await chat.post('groups.leave', { roomId: group._id })).body.errorType).toBe('error-you-are-last-owner');
  });

  it('changes a room, and lets only its keepers write in a read-only one', async () => {
    const ben = await chat.user('ben');
    const { channel } = (await chat.post('channels.create', { name: 'news', members: ['ben'] })).body;
    const roomId = channel._id;
    const say = (auth = chat.admin) => chat.post('chat.postMessage', { roomId, text: 'x' }, auth);
    expect((await chat.post('channels.setTopic', { roomId, topic: 'what is new' })).body.topic).toBe('what is new');
    await chat.post('channels.setReadOnly', { roomId, readOnly: true });
    expect((await chat.get(`channels.info?roomId=${roomId}`)).body.channel).toMatchObject({
      ro: true,
      topic: 'what is new',
    });
    expect((await say(ben)).body.error).toBe("You can't send messages because the room is readonly.");
    expect((await say()).status).toBe(200);
    await chat.post('channels.addModerator', { roomId, userId: ben.userId });
    expect((await say(ben)).status).toBe(200);
    expect(names((await chat.get(`channels.moderators?roomId=${roomId}`)).body.moderators)).toEqual(['ben']);
    await chat.post('channels.rename', { roomId, name: 'old-news' });
    await chat.post('channels.archive', { roomId });
    expect((await say()).body.error).toBe('room_is_archived');
    await chat.post('channels.unarchive', { roomId });
    expect((await say()).status).toBe(200);
    expect((await chat.post('channels.delete', { roomName: 'old-news' })).status).toBe(200);
    expect((await chat.get('rooms.nameExists?roomName=old-news')).body.exists).toBe(false);
  });

  it('edits, finds and deletes messages, one’s own and, with the right, others’', async () => {
    const cleo = await chat.user('cleo');
    const { body } = await chat.post('chat.postMessage', { channel: '#general', text: 'helo' }, cleo);
    const place = { roomId: 'GENERAL', msgId: body.message._id };
    const edited = (await chat.post('chat.update', { ...place, text: 'hello @chief #general' }, cleo)).body.message;
    expect(edited).toMatchObject({ msg: 'hello @chief #general', editedBy: { username: 'cleo' } });
    const found = (await chat.get('chat.search?roomId=GENERAL&searchText=HELLO')).body.messages;
    expect(found.map(({ _id }: { _id: string }) => _id)).toEqual([body.message._id]);
    const other = await chat.user('dora');
    expect((await chat.post('chat.delete', place, other)).body.errorType).toBe('error-action-not-allowed');
    expect((await chat.post('chat.delete', place, cleo)).status).toBe(200);
    expect((await chat.get(`chat.getMessage?msgId=${body.message._id}`)).text).toBe('{"success":false}');
  });

  it('posts to people, rooms and lists of both, and joins public rooms by itself', async () => {
    const eve = await chat.user('eve');
    await chat.post('channels.create', { name: 'lounge' });
    const posted = await chat.post('chat.postMessage', { channel: ['#lounge', '@chief'], text: 'hi' }, eve);
    expect(posted.body).toMatchObject({ success: true, channel: '#lounge' });
    const joined = (await chat.get('subscriptions.get', eve)).body.update;
    expect(names(joined)).toEqual(['general', 'lounge', 'chief']);
    expect((await chat.post('chat.postMessage', { channel: '#crew', text: 'x' }, eve)).text).toBe(
      '{"success":false,"error":"error-not-allowed"}',
    );
    const unknown = await chat.post('chat.postMessage', { channel: '#lounge', text: 'x', msg: 'x' }, eve);
    expect(unknown.body.errorType).toBe('invalid-params');
  });

  it('registers people by themselves while the form is public, the first of all as admin', async () => {
    const wanted = { username: 'fay', name: 'Fay', email: 'fay@example.org', pass: 'Fay-Is-Quite-Long-7' };
    expect((await chat.post('users.register', { ...wanted, pass: 'short' }, null)).body.errorType).toBe(
      'error-password-policy-not-met',
    );
    expect((await chat.post('users.register', wanted, null)).body.user.roles).toEqual(['user']);
    expect((await chat.post('login', { user: 'fay', password: wanted.pass }, null)).status).toBe(200);
  });

  it('ends the sessions of a user switched off, and refuses new ones', async () => {
    const gus = await chat.user('gus');
    await chat.post('users.setActiveStatus', { userId: gus.userId, activeStatus: false });
    expect((await chat.get('me', gus)).status).toBe(401);
    expect((await chat.post('login', { user: 'gus', password: gus.password }, null)).body.error).toBe(
      'error-user-is-not-activated',
    );
  });

  it('compiles a script only when it is switched on and sent along', async () => {
    const made = (await chat.post('integrations.create', { ...HOOK, script: script('return;') })).body.integration;
    expect(made).not.toHaveProperty('scriptCompiled');
    const on = { ...HOOK, integrationId: made._id, scriptEnabled: true };
    expect((await put(on)).body.integration).not.toHaveProperty('scriptCompiled');
    expect((await put({ ...on, script: script('return;') })).body.integration).toHaveProperty('scriptCompiled');
    expect((await put({ ...on, scriptEnabled: false })).body.integration).toHaveProperty('scriptCompiled');
    expect((await put({ ...on, username: 'nobody' })).body.errorType).toBe('error-invalid-post-as-user');
  });

  it('keeps outgoing webhooks people made beside the incoming ones, under the same name', async () => {
    const wanted = { type: 'webhook-outgoing', name: 'x', enabled: true, event: 'sendMessage', username: 'rocket.cat' };
    const more = { urls: ['http://example.org'], channel: '#general', scriptEnabled: false };
    const { integration } = (await chat.post('integrations.create', { ...wanted, ...more })).body;
    const { integrations } = (await chat.get('integrations.list?type=webhook-outgoing')).body;
    expect(integrations).toMatchObject([{ _id: integration._id, urls: ['http://example.org'] }]);
    expect((await chat.send('POST', `/hooks/${integration._id}/${integration.token}`, {}, null)).status).toBe(500);
  });

  it('answers malformed paths, bodies and unknown calls without falling over', async () => {
    expect((await chat.get('settings/%E0%A4%A')).status).toBeLessThan(500);
    expect((await chat.send('POST', '/api/v1/channels.create', '{"name":', chat.admin)).status).toBe(400);
    expect(await chat.get('no.such.call')).toMatchObject({ status: 404, text: '404 Not Found' });
    expect((await chat.send('DELETE', '/api/v1/channels.create', {}, chat.admin)).status).toBe(404);
  });
});

describe('webhooks of the Rocket.Chat stand-in under orders of the environment', () => {
  it('never runs scripts when they are disabled, and takes none when they are frozen', async () => {
    const chat = await startRocketChat();
    const wanted = { ...HOOK, scriptEnabled: true, script: script("return { content: { text: 'by script' } };") };
    const { integration } = (await chat.post('integrations.create', wanted)).body;
    const off = await chat.restart({ DISABLE_INTEGRATION_SCRIPTS: 'true', FREEZE_INTEGRATION_SCRIPTS: 'yes' });
    try {
      await off.send('POST', `/hooks/${integration._id}/${integration.token}`, { text: 'as sent' }, null);
      expect((await off.get('channels.history?roomName=general&count=1')).body.messages[0].msg).toBe('as sent');
      const refused = await off.post('integrations.create', { ...wanted, name: 'another' });
      expect(refused.body.errorType).toBe('integration-scripts-disabled');
      expect((await off.post('integrations.create', { ...HOOK, name: 'plain' })).status).toBe(200);
    } finally {
      await off.stop();
    }
  });

  it('posts with the face of the script, of the integration, and real line feeds', async () => {
    const chat = await startRocketChat();
    try {
      const body = "return { content: { text: ' a\\\\nb ', icon_emoji: ':tada:', username: 'GitLab' } };";
      const wanted = { ...HOOK, alias: 'default', avatar: 'http://example.org/a.png', scriptEnabled: true };
      const { integration } = (await chat.post('integrations.create', { ...wanted, script: script(body) })).body;
      const path = `/hooks/${integration._id}/${integration.token}`;
      await chat.send('POST', path, {}, null);
      const last = async () => (await chat.get('channels.history?roomName=general&count=1')).body.messages[0];
      expect(await last()).toMatchObject({
        msg: 'a\nb',
        emoji: ':tada:',
        alias: 'GitLab',
        u: { username: 'rocket.cat' },
      });
      expect(await last()).not.toHaveProperty('avatar');
      await chat.send(
        'PUT',
        '/api/v1/integrations.update',
        {
          ...wanted,
          integrationId: integration._id,
          script: script("return { content: { text: 'x' }, response: { seen: 1 }, user: { username: 'chief' } };"),
        },
        chat.admin,
      );
      expect((await chat.send('POST', path, {}, null)).body).toEqual({ seen: 1, success: true });
      expect(await last()).toMatchObject({
        alias: 'default',
        avatar: 'http://example.org/a.png',
        u: { username: 'chief' },
      });
    } finally {
      await chat.stop();
    }
  });

  it('delivers to each target by itself when asked to, and stops at the first bad one when not', async () => {
    const chat = await startRocketChat();
    try {
      const wanted = { ...HOOK, overrideDestinationChannelEnabled: true };
      const { integration } = (await chat.post('integrations.create', wanted)).body;
      const path = `/hooks/${integration._id}/${integration.token}`;
      const send = (more: object) => chat.send('POST', path, { text: 'x', ...more }, null);
      const both = { channel: ['#nowhere', '#general'] };
      expect((await send(both)).text).toBe('{"success":false,"error":"invalid-channel"}');
      const apart = await send({ ...both, separateResponse: true });
      expect(apart.body).toMatchObject({
        success: true,
        responses: [{ channel: '#nowhere', error: 'invalid-channel' }, { channel: '#general' }],
      });
      expect((await send({ channel: '#nowhere', separateResponse: true })).status).toBe(400);
    } finally {
      await chat.stop();
    }
  });
});

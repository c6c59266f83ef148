import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningChat, startRocketChat } from './start-rocketchat.ts';

describe('a first use of the Rocket.Chat stand-in', () => {
  let chat: RunningChat;
  beforeAll(async () => {
    chat = await startRocketChat();
  });
  afterAll(() => chat.stop());

  it('makes users, rooms, messages and a webhook whose script decides what is posted', async () => {
    await chat.user('hubot', ['user', 'bot']);
    const group = await chat.post('groups.create', { name: 'ops', members: ['hubot', 'nobody'] });
    expect(group.body).toMatchObject({ success: true, group: { name: 'ops', t: 'p' } });

    const posted = await chat.post('chat.postMessage', { channel: '#ops', text: 'hello' });
    expect(posted.body).toMatchObject({ success: true, channel: '#ops', message: { msg: 'hello' } });

    const { body } = await chat.post('integrations.create', {
      type: 'webhook-incoming',
      name: 'gitlab',
      enabled: true,
      username: 'hubot',
      channel: '#ops',
      scriptEnabled: true,
      script: `class Script { process_incoming_request({ request }) {
        return { content: { text: 'event ' + request.headers['x-gitlab-event'] + ' ' + request.content.ref } };
      } }`,
    });
    expect(body.integration).toMatchObject({ name: 'gitlab', channel: ['#ops'], scriptCompiled: expect.any(String) });
    expect(body.integration.token).toHaveLength(48);

    const hook = `/hooks/${body.integration._id}/${body.integration.token}`;
    const delivered = await chat.send('POST', hook, { ref: 'main' }, null, { 'X-Gitlab-Event': 'Push Hook' });
    expect(delivered).toMatchObject({ status: 200, body: { success: true } });

    const history = await chat.get(`groups.history?roomId=${group.body.group._id}`);
    expect(history.body.messages.map((message: { msg: string }) => message.msg)).toEqual([
      'event Push Hook main',
      'hello',
    ]);
  });
});

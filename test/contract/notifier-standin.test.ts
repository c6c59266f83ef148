/** The installed script behind a real hook: deliveries over a socket, messages read back by REST. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notifierScript } from '../../src/notifier/notifier-script.ts';
import { sha256Hex } from '../../src/values/sha256.ts';
import { type RunningChat, startRocketChat } from '../standins/rocketchat/start-rocketchat.ts';
import { type Delivery, ownDeliveries, ownDelivery, sampleDeliveries } from '../unit/notifier/deliveries.ts';

const SECRET = 'secret-of-gitlab';

describe.each([false, true])('the notifier behind a hook (as written: %s)', (skipTranspile) => {
  let chat: RunningChat;
  let hook: string;
  beforeAll(async () => {
    chat = await startRocketChat();
    await chat.user('hubot', ['user', 'bot']);
    await chat.post('groups.create', { name: 'builds', members: ['hubot'] });
    await chat.post('channels.create', { name: 'ops', members: ['hubot'] });
    const { body } = await chat.post('integrations.create', {
      type: 'webhook-incoming',
      name: 'gitlab',
      enabled: true,
      username: 'hubot',
      channel: '#builds',
      overrideDestinationChannelEnabled: true,
      scriptEnabled: true,
      ...(skipTranspile ? { skipTranspile } : {}),
      script: notifierScript({
        locale: 'en',
        secretSha256: sha256Hex(SECRET),
        defaultRoom: 'builds',
        intermediate: true,
      }),
    });
    expect(body.integration).toMatchObject({ scriptCompiled: expect.any(String) });
    expect(body.integration.scriptError).toBeUndefined();
    hook = `/hooks/${body.integration._id}/${body.integration.token}`;
  });
  afterAll(() => chat.stop());

  const deliver = ({ header, payload }: Delivery, query = '', secret = SECRET) =>
    chat.send('POST', `${hook}${query}`, payload, null, { 'X-Gitlab-Event': header, 'X-Gitlab-Token': secret });

  const latest = async (kind: 'groups' | 'channels', room: string) => {
    const { body } = await chat.get(`${kind}.history?roomName=${room}&count=1`);
    return body.messages[0];
  };

  it('posts a pipeline with its attachment', async () => {
    expect(await deliver(ownDelivery('pipeline-failed'))).toMatchObject({ status: 200 });
    expect(await latest('groups', 'builds')).toMatchObject({
      msg: expect.stringMatching(/^Pipeline \[#314\]\(.*\) failed in \[works\/tram_depot\]/),
      attachments: [{ color: '#dd2b0e' }],
    });
  });

  it('takes every delivery and answers none with an error', async () => {
    const answers: number[] = [];
    for (const delivery of [...ownDeliveries(), ...(sampleDeliveries() ?? [])])
      answers.push((await deliver(delivery)).status);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });

  it('mentions nobody from a hostile push', async () => {
    await deliver(ownDelivery('hostile-push'));
    const message = await latest('groups', 'builds');
    expect(message.msg).toContain('pushed');
    expect(message).toMatchObject({ mentions: [], channels: [] });
  });

  it('posts into the room of ?channel=', async () => {
    await deliver(ownDelivery('tag-moved'), '?channel=ops');
    expect(await latest('channels', 'ops')).toMatchObject({ msg: expect.stringContaining('moved the tag') });
  });

  it('refuses a wrong secret and a user as the room, and posts nothing', async () => {
    const before = await latest('groups', 'builds');
    expect(await deliver(ownDelivery('tag-moved'), '', 'guess')).toMatchObject({
      status: 400,
      body: { success: false, error: 'wrong-gitlab-token' },
    });
    expect(await deliver(ownDelivery('tag-moved'), '?channel=@hubot')).toMatchObject({
      status: 400,
      body: { error: 'wrong-channel' },
    });
    expect(await latest('groups', 'builds')).toEqual(before);
  });
});

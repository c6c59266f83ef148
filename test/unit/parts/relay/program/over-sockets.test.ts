import { LIMITED } from '@chatops-up/standins/internal/mattermost/answers';
import { describe, expect, it } from 'vitest';
import { deliver, pipelineAt, type RelayHere, until } from '../../../../helpers/relay.ts';
import { relayToMattermost } from '../../../../helpers/relay-to-mattermost.ts';
import { ownDelivery } from '../../../notifier/deliveries.ts';

const { mattermost, settings, settle, startRelay, posts, texts, arrived, afterEverything, expectOneThatChanges } =
  relayToMattermost({
    start: (home, env) => home.startHere(env),
    end: (relay) => relay.stop(),
  });

describe('a pipeline posted by the relay', () => {
  it('is one message that changes from its first state to its last', () => expectOneThatChanges());

  it('does not go back in time when deliveries overtake each other', async () => {
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ status: 'success', jobs: { build: 'success' } }));
    const late = await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    await afterEverything(relay);
    expect(late).toEqual({ status: 202, body: { success: true, outcome: 'late' } });
    expect(texts()).toEqual([expect.stringContaining('passed'), expect.stringContaining('moved the tag')]);
  });

  it('changes its message again when a job is tried again', async () => {
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ status: 'failed', jobs: { build: 'failed' } }));
    await arrived(1);
    const { header, payload } = pipelineAt({ status: 'success', jobs: { build: 'success' } });
    await deliver(relay, {
      header,
      payload: { ...payload, builds: [{ id: 99_999, stage: 'build', name: 'build', status: 'success' }] },
    });
    await arrived(2);
    expect(texts()).toEqual([expect.stringContaining('recovered')]);
  });

  it('gets a new message for its news when a user has removed the first', async () => {
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    await arrived(1);
    const [first] = posts();
    if (first) mattermost().world.posts.set(first.id, { ...first, delete_at: 1 });
    await deliver(relay, pipelineAt({ status: 'success', jobs: { build: 'success' } }));
    await until(() => posts().length === 1);
    expect(texts()).toEqual([expect.stringContaining('passed')]);
  });

  it('is posted only when it fails and recovers, where the room wants it so', async () => {
    settle(settings({ rooms: { builds: { loud: 'failures' } } }));
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ id: 1, status: 'running', jobs: { build: 'running' } }));
    await deliver(relay, pipelineAt({ id: 1, status: 'success', jobs: { build: 'success' } }));
    await deliver(relay, pipelineAt({ id: 2, status: 'failed', jobs: { build: 'failed' } }));
    await deliver(relay, pipelineAt({ id: 3, status: 'success', jobs: { build: 'success' } }));
    await deliver(relay, pipelineAt({ id: 4, status: 'success', jobs: { build: 'success' } }));
    await afterEverything(relay);
    expect(texts().slice(0, -1)).toEqual([
      expect.stringMatching(/#2.* failed/),
      expect.stringMatching(/#3.* recovered/),
    ]);
  });
});

describe('a delivery to the relay', () => {
  it('that is repeated makes no second message', async () => {
    const relay = await startRelay();
    const headers = { 'Idempotency-Key': 'same' };
    await deliver(relay, ownDelivery('job-failed'), { headers });
    const again = await deliver(relay, ownDelivery('job-failed'), { headers });
    await afterEverything(relay);
    expect(again).toEqual({ status: 202, body: { success: true, outcome: 'repeated' } });
    expect(posts()).toHaveLength(2);
  });

  it('that is repeated by a GitLab without idempotency keys makes no second message, and another event of the same cause does', async () => {
    const relay = await startRelay();
    const headers = { 'X-Gitlab-Event-UUID': 'cause' };
    await deliver(relay, ownDelivery('job-failed'), { headers });
    await deliver(relay, ownDelivery('job-failed'), { headers });
    await deliver(relay, ownDelivery('job-success'), { headers });
    await afterEverything(relay);
    expect(posts()).toHaveLength(3);
  });

  it('goes into the room it names, as JSON or as the form of old tutorials', async () => {
    const relay = await startRelay();
    await deliver(relay, ownDelivery('job-failed'), { room: 'ops' });
    await deliver(relay, ownDelivery('job-failed'), { room: '#builds', form: true });
    await arrived(2);
    const [builds, ops] = mattermost().world.channels;
    expect(
      posts()
        .map(({ channel_id }) => channel_id)
        .toSorted(),
    ).toEqual([builds?.id, ops?.id].toSorted());
  });

  it.each([
    ['the wrong secret', { token: 'wrong' }, 401, 'wrong-gitlab-token'],
    ['no secret', { token: '' }, 401, 'wrong-gitlab-token'],
    ['a room that nobody announces in', { room: 'town-square' }, 404, 'wrong-channel'],
    ['no room', { room: '' }, 404, 'wrong-channel'],
  ])('is refused with %s, and says why without the secret', async (_name, options, status, error) => {
    const relay = await startRelay();
    const answer = await deliver(relay, ownDelivery('job-failed'), options);
    expect(answer).toMatchObject({ status, body: { success: false, error } });
    expect(JSON.stringify(answer)).not.toContain('hook-secret');
    await afterEverything(relay);
    expect(posts()).toHaveLength(1);
  });

  it('is refused when it is no JSON, too large, or no delivery at all', async () => {
    const relay = await startRelay();
    const send = async (path: string, init: RequestInit): Promise<number> => {
      const headers = { 'X-Gitlab-Token': 'hook-secret-of-the-relay', 'Content-Type': 'application/json' };
      return (await fetch(`${relay.url}${path}`, { method: 'POST', headers, ...init })).status;
    };
    const hook = '/hooks/gitlab?channel=builds';
    expect(await send(hook, { body: '{"object_kind":' })).toBe(400);
    expect(await send(hook, { body: '[]' })).toBe(400);
    expect(await send(hook, { method: 'PUT', body: '{}' })).toBe(405);
    expect(await send('/elsewhere', { body: '{}' })).toBe(404);
    expect(await send('/hooks/gitlab?channel=builds&channel=ops', { body: '{}' })).toBe(404);
    // Refused by its length, and cut off where it names none.
    const tooMuch = 'x'.repeat(25 * 1024 * 1024 + 1);
    expect(await send(hook, { body: tooMuch }).catch(() => 413)).toBe(413);
  });
});

describe('when the chat fails, the relay', () => {
  it('posts everything later, in order, each once, and a pipeline only as it stands', async () => {
    const relay = await startRelay();
    await mattermost().sleep();
    await deliver(relay, ownDelivery('job-failed'));
    for (const status of ['pending', 'running', 'failed'])
      await deliver(relay, pipelineAt({ status, jobs: { build: status === 'failed' ? 'failed' : status } }));
    await deliver(relay, ownDelivery('push-largest'));
    await mattermost().wake();
    await afterEverything(relay);
    const said = texts().map((text) => /Job|Pipeline.* failed|4,711|moved the tag/.exec(text)?.[0].split(' ')[0]);
    expect(said).toEqual(['Job', 'Pipeline', '4,711', 'moved']);
    expect(mattermost().world.history).toHaveLength(4);
  });

  it.each([
    ['answers 500', { kind: 'status', status: 500, body: 'oops' }, false],
    ['answers 502 with a page', { kind: 'html', status: 502 }, false],
    ['asks to wait', LIMITED, false],
    ['cuts the connection', { kind: 'reset' }, false],
    ['posts and then cuts the connection', { kind: 'reset' }, true],
    ['posts and then answers 504', { kind: 'html', status: 504 }, true],
  ] as const)('that %s, posts once', async (_name, effect, afterWork) => {
    const relay = await startRelay();
    // Older servers forget a pending_post_id at once: only what the relay reads back keeps it from posting twice.
    mattermost().world.pending.set = () => mattermost().world.pending;
    mattermost().faults.add({ match: 'POST /api/v4/posts', effect, afterWork });
    await deliver(relay, ownDelivery('job-failed'));
    await afterEverything(relay);
    expect(texts().filter((text) => text.startsWith('Job'))).toHaveLength(1);
  });

  it('changes a message once more when the answer to a change was lost', async () => {
    const relay = await startRelay();
    mattermost().faults.add({ match: 'PUT /api/v4/posts', effect: { kind: 'reset' }, afterWork: true });
    await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    await arrived(1);
    await deliver(relay, pipelineAt({ status: 'success', jobs: { build: 'success' } }));
    await afterEverything(relay);
    expect(texts()).toEqual([expect.stringContaining('passed'), expect.stringContaining('moved the tag')]);
  });

  it('keeps one room’s trouble from the others', async () => {
    settle(settings({ channels: { builds: 'builds', shut: 'closed' } }));
    const relay = await startRelay();
    await deliver(relay, ownDelivery('job-failed'), { room: 'shut' });
    await afterEverything(relay);
    expect(texts()).toEqual([expect.stringContaining('moved the tag')]);
  });
});

describe('the health of the relay', () => {
  const health = async ({ url }: RelayHere) => {
    const response = await fetch(`${url}/health`);
    return { status: response.status, body: await response.json() };
  };

  it('is good while its bot may post in every channel', async () => {
    expect(await health(await startRelay())).toEqual({ status: 200, body: { usable: true, waiting: 0 } });
  });

  it('names the token that is refused', async () => {
    const token = 'a-token-nobody-knows';
    const answer = await health(await startRelay(token));
    expect(answer).toMatchObject({
      status: 503,
      body: { usable: false, why: expect.stringContaining('session_expired') },
    });
    expect(JSON.stringify(answer)).not.toContain(token);
  });

  it('names the channel that its bot is not in', async () => {
    settle(settings({ channels: { builds: 'closed' } }));
    expect(await health(await startRelay())).toMatchObject({
      status: 503,
      body: { why: expect.stringContaining('closed') },
    });
  });

  it('is bad while the chat is away', async () => {
    const relay = await startRelay();
    await mattermost().sleep();
    expect(await health(relay)).toMatchObject({
      status: 503,
      body: { why: expect.stringContaining('does not answer') },
    });
  });
});

describe('through an incoming webhook, the relay', () => {
  it('posts a pipeline when it has ended, as such messages cannot be changed', async () => {
    settle({ ...settings(), as: 'webhook' });
    const relay = await startRelay(mattermost().world.hook);
    await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    await deliver(relay, pipelineAt({ status: 'failed', jobs: { build: 'failed' } }));
    await afterEverything(relay);
    expect(texts()).toEqual([expect.stringContaining('failed'), expect.stringContaining('moved the tag')]);
  });

  it('keeps what it was given while the hook is unknown, and never shows its address', async () => {
    settle({ ...settings(), as: 'webhook' });
    const relay = await startRelay('unknownhookofsomebodyelse0');
    await deliver(relay, ownDelivery('job-failed'));
    await until(() => relay.lines.some((line) => line.includes('not now')));
    await relay.stop();
    expect(relay.lines.join('\n')).not.toContain('unknownhook');
    const second = await startRelay(mattermost().world.hook);
    await afterEverything(second);
    expect(texts()[0]).toMatch(/^Job/);
  });
});

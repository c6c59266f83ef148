import { describe, expect, it } from 'vitest';
import { deliver, pipelineAt } from '../helpers/relay.ts';
import { relayToMattermost } from '../helpers/relay-to-mattermost.ts';
import { ownDelivery } from '../unit/notifier/deliveries.ts';

const { mattermost, startRelay, texts, arrived, afterEverything, expectOneThatChanges } = relayToMattermost({
  start: (home, env) => home.start(env),
  end: (relay) => relay.kill(),
});

describe('the relay as a process', () => {
  it('is one message that changes from its first state to its last', () => expectOneThatChanges());

  it('is known after a restart: its message is changed, and what failed before has recovered', async () => {
    const first = await startRelay();
    await deliver(first, pipelineAt({ id: 1, status: 'failed', jobs: { build: 'failed' } }));
    await deliver(first, pipelineAt({ id: 2, status: 'running', jobs: { build: 'running' } }));
    await arrived(2);
    expect(await first.stop()).toBe(0);
    const second = await startRelay();
    await deliver(second, pipelineAt({ id: 2, status: 'success', jobs: { build: 'success' } }));
    await arrived(3);
    expect(texts()).toEqual([expect.stringContaining('#1'), expect.stringMatching(/#2.* recovered/)]);
  });
});

describe('killed, the relay', () => {
  it('posts after its restart what it had taken', async () => {
    const first = await startRelay();
    await mattermost().sleep();
    expect((await deliver(first, ownDelivery('job-failed'))).status).toBe(202);
    await first.kill();
    await mattermost().wake();
    await startRelay();
    await arrived(1);
    expect(texts()).toEqual([expect.stringMatching(/^Job/)]);
  });

  it('does not post again what the chat had posted without an answer yet', async () => {
    mattermost().world.pending.set = () => mattermost().world.pending;
    mattermost().faults.add({ match: 'POST /api/v4/posts', effect: { kind: 'delay', ms: 60_000 }, afterWork: true });
    const first = await startRelay();
    await deliver(first, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
    await arrived(1);
    await first.kill();
    const second = await startRelay();
    await deliver(second, pipelineAt({ status: 'success', jobs: { build: 'success' } }));
    await afterEverything(second);
    expect(texts()).toEqual([expect.stringContaining('passed'), expect.stringContaining('moved the tag')]);
  });

  it('knows a repeated delivery after its restart', async () => {
    const headers = { 'Idempotency-Key': 'before and after' };
    const first = await startRelay();
    await deliver(first, ownDelivery('job-failed'), { headers });
    await first.kill();
    const second = await startRelay();
    expect((await deliver(second, ownDelivery('job-failed'), { headers })).body).toMatchObject({ outcome: 'repeated' });
    await afterEverything(second);
    expect(texts()).toHaveLength(2);
  });
});

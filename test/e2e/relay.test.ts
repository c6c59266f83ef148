import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, pipelineAt, type RelayHome, type RelayProcess, relayHome, until } from '../helpers/relay.ts';
import { type RunningMattermost, startMattermost } from '../standins/mattermost/mattermost.ts';
import { ownDelivery } from '../unit/notifier/deliveries.ts';

let mattermost: RunningMattermost;
let home: RelayHome;
const relays: RelayProcess[] = [];

const settings = (more: Readonly<Record<string, unknown>> = {}) => ({
  to: 'mattermost',
  url: mattermost.url,
  team: 'works',
  channels: { builds: 'builds', ops: 'ops' },
  ...more,
});

const startRelay = async (token = mattermost.world.bot.token): Promise<RelayProcess> => {
  const relay = await home.start({ CHATOPS_RELAY_TOKEN: token });
  relays.push(relay);
  return relay;
};

const posts = () => [...mattermost.world.posts.values()].filter(({ delete_at }) => delete_at === 0);
const texts = () => posts().map(({ message }) => message);
const arrived = (count: number) => until(() => mattermost.world.history.length >= count);

/** What waits is told before this: it is one more message, into the same room. */
const afterEverything = async (relay: RelayProcess): Promise<void> => {
  await deliver(relay, ownDelivery('tag-moved'));
  await until(() => texts().some((text) => text.includes('moved the tag')));
};

beforeEach(async () => {
  mattermost = await startMattermost();
  home = relayHome(settings());
});

afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.kill();
  await mattermost.stop();
});

describe('the relay as a process', () => {
  it('is one message that changes from its first state to its last', async () => {
    const relay = await startRelay();
    await deliver(relay, pipelineAt({ status: 'pending', jobs: { build: 'pending', test: 'created' } }));
    await arrived(1);
    await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running', test: 'created' } }));
    await arrived(2);
    await deliver(relay, pipelineAt({ status: 'failed', jobs: { build: 'success', test: 'failed' } }));
    await arrived(3);
    expect(posts()).toHaveLength(1);
    const said = mattermost.world.history.map(({ message }) => /`pending`|`running`|failed/.exec(message)?.[0]);
    expect(said).toEqual(['`pending`', '`running`', 'failed']);
    expect(posts()[0]?.props.attachments).toMatchObject([
      {
        color: '#dd2b0e',
        fields: [{ title: 'Stages', value: '✔ build  ✘ test' }, { title: 'Failed' }, { title: 'Commit' }],
      },
    ]);
  });

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
  it('tells after its restart what it had taken', async () => {
    const first = await startRelay();
    await mattermost.sleep();
    expect((await deliver(first, ownDelivery('job-failed'))).status).toBe(202);
    await first.kill();
    await mattermost.wake();
    await startRelay();
    await arrived(1);
    expect(texts()).toEqual([expect.stringMatching(/^Job/)]);
  });

  it('does not tell again what the chat had posted without an answer yet', async () => {
    mattermost.world.pending.set = () => mattermost.world.pending;
    mattermost.faults.add({ match: 'POST /api/v4/posts', effect: { kind: 'delay', ms: 60_000 }, afterWork: true });
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

/** A Mattermost stand-in and relays to it, new for every test and ended after it. */

import { afterEach, beforeEach, expect } from 'vitest';
import { type RunningMattermost, startMattermost } from '../standins/mattermost/start-mattermost.ts';
import { ownDelivery } from '../unit/notifier/deliveries.ts';
import { deliver, pipelineAt, type RelayHome, relayHome, until } from './relay.ts';

type Settings = Readonly<Record<string, unknown>>;

export interface RelayKind<Relay> {
  readonly start: (home: RelayHome, env: Readonly<Record<string, string>>) => Promise<Relay>;
  readonly end: (relay: Relay) => Promise<unknown>;
}

export const relayToMattermost = <Relay extends { readonly url: string }>({ start, end }: RelayKind<Relay>) => {
  let mattermost: RunningMattermost;
  let home: RelayHome;
  const relays: Relay[] = [];

  const settings = (more: Settings = {}) => ({
    to: 'mattermost',
    url: mattermost.url,
    team: 'works',
    channels: { builds: 'builds', ops: 'ops' },
    ...more,
  });
  const posts = () => [...mattermost.world.posts.values()].filter(({ delete_at }) => delete_at === 0);
  const texts = () => posts().map(({ message }) => message);

  beforeEach(async () => {
    mattermost = await startMattermost();
    home = relayHome(settings());
  });

  afterEach(async () => {
    for (const relay of relays.splice(0)) await end(relay);
    await mattermost.stop();
  });

  const startRelay = async (token = mattermost.world.bot.token): Promise<Relay> => {
    const relay = await start(home, { CHATOPS_RELAY_TOKEN: token });
    relays.push(relay);
    return relay;
  };
  const arrived = (count: number) => until(() => mattermost.world.history.length >= count);

  return {
    /** Of the running test. */
    mattermost: (): RunningMattermost => mattermost,
    settings,
    /** For relays that are started after this, in a folder of their own. */
    settle: (wanted: Settings): void => {
      home = relayHome(wanted);
    },
    startRelay,
    posts,
    texts,
    arrived,
    /** What waits is posted before this: it is one more message, into the same room. */
    afterEverything: async (relay: Relay): Promise<void> => {
      await deliver(relay, ownDelivery('tag-moved'));
      await until(() => texts().some((text) => text.includes('moved the tag')));
    },
    /** A pipeline from pending to failed: one message, which said each state, and at the end what failed. */
    expectOneThatChanges: async (): Promise<void> => {
      const relay = await startRelay();
      await deliver(relay, pipelineAt({ status: 'pending', jobs: { build: 'pending', test: 'created' } }));
      await arrived(1);
      await deliver(relay, pipelineAt({ status: 'running', jobs: { build: 'running', test: 'created' } }));
      await arrived(2);
      await deliver(relay, pipelineAt({ status: 'failed', jobs: { build: 'success', test: 'failed' } }));
      await arrived(3);
      expect(posts()).toHaveLength(1);
      const said = mattermost.world.history.map(({ message }) => /pending|running|failed/.exec(message)?.[0]);
      expect(said).toEqual(['pending', 'running', 'failed']);
      expect(posts()[0]?.props.attachments).toMatchObject([
        {
          color: '#dd2b0e',
          fields: [{ title: 'Stages', value: '✔ build  ✘ test' }, { title: 'Failed' }, { title: 'Commit' }],
        },
      ]);
    },
  };
};
